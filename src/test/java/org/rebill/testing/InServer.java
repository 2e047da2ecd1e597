package org.rebill.testing;

import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that runs inside the server: its fields with {@code @Inject} are filled. Prepare in
 * {@code @BeforeEach}; work as a firm with {@link TestFirm#as}.
 */
@ExtendWith(ArquillianExtension.class)
public abstract class InServer {}
