package org.rebill.testing;

import java.io.File;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.test.spi.client.deployment.DeploymentScenarioGenerator;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The real WAR with all test classes that run inside it, whatever class asks. It is put together once; later classes
 * give an empty archive, since {@link SharedServers} deploys only the first.
 */
public final class SharedDeployment implements DeploymentScenarioGenerator {
    private static final File BUILD = new File("target");
    /** Test classes that never run in the server, with what they need outside of it. */
    private static final String OUTSIDE =
            "/META-INF/.*|/arquillian.xml|/org/rebill/launcher/.*|/org/rebill/testing/(InBrowser|SharedServers|SharedDeployment).*|.*(UiIT|Test)(\\$.*)?\\.class";

    private static boolean made;

    @Override
    public List<DeploymentDescription> generate(TestClass testClass) {
        WebArchive archive = made ? ShrinkWrap.create(WebArchive.class) : withTests();
        made();
        return List.of(new DeploymentDescription("rebill", archive).shouldBeTestable(true));
    }

    private static void made() {
        made = true;
    }

    private static WebArchive withTests() {
        JavaArchive tests = ShrinkWrap.create(ExplodedImporter.class, "tests.jar")
                .importDirectory(new File(BUILD, "test-classes"), Filters.exclude(OUTSIDE))
                .as(JavaArchive.class);
        return ShrinkWrap.create(ZipImporter.class, "rebill-with-tests.war")
                .importFrom(new File(BUILD, "rebill.war"))
                .as(WebArchive.class)
                .merge(tests, "WEB-INF/classes")
                .addAsLibraries(libraries());
    }

    /** The assertions; what else a test needs, Arquillian adds. */
    private static File[] libraries() {
        Pattern wanted = Pattern.compile(".*assertj-core-[^/\\\\]*\\.jar");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> wanted.matcher(entry).matches())
                .map(File::new)
                .toArray(File[]::new);
    }
}
