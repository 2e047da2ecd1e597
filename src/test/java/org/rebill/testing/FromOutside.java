package org.rebill.testing;

import org.jboss.arquillian.container.test.api.RunAsClient;

/** A test class that asks the running application by HTTP, as a stranger would. */
@RunAsClient
public abstract class FromOutside extends InServer {}
