package org.rebill.live;

import java.util.function.UnaryOperator;

/**
 * The document that FreeSWITCH's mod_xml_curl gets for a call: it sets {@code rebill_answer} and, when that is ok,
 * {@code accountcode}, then goes to the context {@code rebill_ok}, {@code rebill_unknown}, {@code rebill_ask_again} or
 * {@code rebill_not_needed} of the phone system's own dial plan with the number that was dialled.
 */
final class FreeSwitchDocument {
    private FreeSwitchDocument() {}

    /** What is asked, of the fields that mod_xml_curl posts. */
    static LiveQuestion question(UnaryOperator<String> field) {
        return new LiveQuestion(
                field.apply("variable_rebill_code"),
                field.apply("Caller-Destination-Number"),
                first(field.apply("Caller-Username"), field.apply("Caller-Caller-ID-Number")),
                first(field.apply("variable_call_uuid"), field.apply("Unique-ID")));
    }

    private static String first(String one, String other) {
        return one == null || one.isBlank() ? other : one;
    }

    /** "Nothing here": FreeSWITCH goes on with its own files. */
    static String notFound() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <document type="freeswitch/xml"><section name="result"><result status="not found"/></section></document>
                """;
    }

    static String of(LiveQuestion question, LiveAnswer answer) {
        String account = answer == LiveAnswer.OK && !question.code().isEmpty()
                ? "<action application=\"set\" data=\"accountcode=" + plain(question.code()) + "\"/>"
                : "";
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <document type="freeswitch/xml"><section name="dialplan"><context name="rebill"><extension name="rebill">\
                <condition><action application="set" data="rebill_answer=%s"/>%s\
                <action application="transfer" data="%s XML rebill_%s"/></condition>\
                </extension></context></section></document>
                """.formatted(answer.word(), account, plain(question.number()), answer.word());
    }

    /** Digits and what else is dialled; nothing that means something to FreeSWITCH or in XML. */
    private static String plain(String text) {
        return text.replaceAll("[^0-9A-Za-z+*#._-]", "");
    }
}
