package org.rebill.intake;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.rating.Quantity;
import org.rebill.rating.Rounding;
import org.rebill.rating.Terms;

/** Imports a file in a process of its own, from its progress mark on, so that it can be killed. */
final class KilledImport {
    private KilledImport() {}

    /**
     * Runs it.
     *
     * @param arguments PostgreSQL's port, keys of the firm, its site, the source and the file, and the file's path
     */
    public static void main(String[] arguments) throws Exception {
        NewFirm firm = new NewFirm(UUID.fromString(arguments[1]), UUID.fromString(arguments[2]));
        NewFile file = new NewFile(UUID.fromString(arguments[3]), UUID.fromString(arguments[4]));
        try (Connection connection = BareDatabase.connect(Integer.parseInt(arguments[0]))) {
            importing(connection, firm, file).goOn(Path.of(arguments[5]));
        }
    }

    static PlainImport importing(Connection connection, NewFirm firm, NewFile file) {
        return new PlainImport(connection, firm, file, codes(), agreements(), Map.of("201", new UUID(7, 201)));
    }

    private static CodeIndex codes() {
        return (code, at) -> code.isEmpty()
                ? new CodeIndex.Meaning(CodeIndex.Standing.NONE, null, null)
                : new CodeIndex.Meaning(CodeIndex.Standing.OK, new UUID(8, Integer.parseInt(code) / 10), null);
    }

    private static AgreementIndex agreements() {
        Terms terms = new Terms(
                Currency.getInstance("USD"),
                new BigDecimal("290"),
                false,
                360,
                0,
                0,
                Rounding.UP,
                0,
                null,
                Quantity.HOURS_2,
                RoundingMode.HALF_UP);
        AgreementIndex.InForce inForce = new AgreementIndex.InForce(new UUID(9, 9), terms);
        return (client, matter, person, startedAt, answeredAt) -> Optional.of(inForce);
    }
}
