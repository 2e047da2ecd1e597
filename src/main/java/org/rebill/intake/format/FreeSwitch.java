package org.rebill.intake.format;

import java.util.Locale;
import java.util.Set;
import org.rebill.call.DialString;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;

/** What means the same in all of FreeSWITCH's records: channel names, causes, applications, numbers. */
final class FreeSwitch {
    private static final Set<String> RANG_OUT = Set.of("", "NORMAL_CLEARING", "NO_ANSWER", "NO_USER_RESPONSE", "NONE");

    private FreeSwitch() {}

    /** A value of a channel variable by the first of its names that has one; and where it stands. */
    interface Facts {
        /** Decoded, blanks around it stripped; empty when none of the names has a value. */
        String text(String... names);

        /** What and where, for a reason. */
        String at(String name);

        /** Whether the records tell this at all, be it with an empty value. */
        boolean tells(String name);
    }

    /**
     * One end of a leg: a telephone by the first number that is an extension, else a line.
     *
     * @param connection the channel's uuid, tells lines apart; may be empty
     */
    static String side(NumberPlan plan, String connection, String... numbers) {
        for (String number : numbers) {
            if (isExtension(plan, number)) {
                return Side.phone(number);
            }
        }
        return Side.line("", connection);
    }

    /** FreeSWITCH writes noughts where no number is known. */
    static boolean isExtension(NumberPlan plan, String number) {
        return plan.isExtension(number) && !number.matches("0+") && !plan.isEmergency(number);
    }

    static boolean isPhone(String side) {
        return side.startsWith(Side.phone(""));
    }

    /** Empty when withheld, or only noughts. */
    static String caller(String number) {
        return number.matches("0+") ? "" : number;
    }

    /**
     * The user part of a channel's name or a dial string, such as {@code sofia/internal/sip:1002@10.0.0.5:5060},
     * {@code sofia/gateway/carrier/2145550143} or {@code user/1002@example.com}; of a telephone its extension.
     */
    static String user(String channel) {
        String name = channel.substring(channel.lastIndexOf('/') + 1);
        int semicolon = name.indexOf(';');
        name = semicolon < 0 ? name : name.substring(0, semicolon);
        int at = name.indexOf('@');
        name = at < 0 ? name : name.substring(0, at);
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** How a call ended that was not answered. */
    static String disposition(String cause) {
        String upper = cause.toUpperCase(Locale.ROOT);
        return RANG_OUT.contains(upper) ? "NO ANSWER" : upper.replace('_', ' ');
    }

    static boolean isVoicemail(String application, String arguments) {
        return application.equals("voicemail") || arguments.contains("app=voicemail");
    }

    /**
     * The account code: of the snom telephones' client key, else the channel's account; else dialled with the number.
     *
     * @param called as dialled
     */
    static String code(Facts facts, String called) {
        String code = facts.text("call_clientcode", "accountcode");
        return code.isEmpty() && called.indexOf('*') >= 0
                ? DialString.of(called).code()
                : code;
    }
}
