package org.rebill.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who can sign in to the demo: the users named in the firms' packs. */
final class DemoAccounts {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private DemoAccounts() {}

    /** For the terminal; the password of a demo user is the user name. */
    static String table(Path tenants) {
        StringBuilder text = new StringBuilder("Demo accounts (password = user name):\n");
        for (Path pack : packs(tenants)) {
            try {
                JsonNode firm = YAML.readTree(pack.toFile());
                text.append(String.format("  %s%n", firm.path("name").asText()));
                for (JsonNode user : firm.path("users")) {
                    text.append(String.format(
                            Locale.ROOT,
                            "    %-12s %s, %s%n",
                            user.path("username").asText(),
                            user.path("name").asText(),
                            roles(user)));
                }
            } catch (IOException e) {
                throw new StartFailure("The demo firm " + pack + " can't be read: " + e.getMessage(), e);
            }
        }
        return text.toString();
    }

    private static String roles(JsonNode user) {
        JsonNode roles = user.has("roles") ? user.path("roles") : user.path("role");
        if (roles.isTextual()) {
            return roles.asText().toLowerCase(Locale.ROOT);
        }
        StringBuilder text = new StringBuilder();
        roles.forEach(role ->
                text.append(text.isEmpty() ? "" : " and ").append(role.asText().toLowerCase(Locale.ROOT)));
        return text.toString();
    }

    private static List<Path> packs(Path tenants) {
        if (!Files.isDirectory(tenants)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(tenants)) {
            return folders.map(folder -> folder.resolve("tenant.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartFailure("The folder of the demo firms can't be read: " + e, e);
        }
    }
}
