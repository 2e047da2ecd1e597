package org.rebill.mail;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.firm.FirmProfile;

/**
 * Writes a letter with the firm's name and colour: as plain text, and as HTML without pictures, script and anything
 * that is fetched from elsewhere, so that nothing tells when it is read.
 */
final class LetterPaper {
    private static final int LIGHT_ENOUGH = 150;
    private static final String INK = "#15181e";
    private static final String FONT = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    private final FirmProfile firm;
    private final String language;

    LetterPaper(FirmProfile firm, LetterTexts texts) {
        this.firm = firm;
        this.language = texts.locale().getLanguage();
    }

    /** As plain text. */
    String text(Letter letter) {
        String body = letter.blocks().stream().map(LetterPaper::text).collect(Collectors.joining("\n\n"));
        return body + "\n\n-- \n" + firm.name() + "\n" + contact("\n") + "\n";
    }

    private static String text(Letter.Block block) {
        if (block instanceof Letter.Heading heading) {
            return heading.text();
        }
        if (block instanceof Letter.Paragraph paragraph) {
            return paragraph.text();
        }
        if (block instanceof Letter.Facts facts) {
            return facts.facts().stream()
                    .map(fact -> fact.name() + ": " + fact.value())
                    .collect(Collectors.joining("\n"));
        }
        if (block instanceof Letter.Button button) {
            return button.label() + ":\n" + button.address();
        }
        if (block instanceof Letter.Choices choices) {
            return Stream.concat(
                            Stream.of(choices.title(), choices.detail()).filter(line -> !line.isEmpty()),
                            choices.choices().stream()
                                    .map(choice -> "  " + choice.label()
                                            + (choice.reason().isEmpty() ? "" : " (" + choice.reason() + ")") + "\n  "
                                            + choice.address()))
                    .collect(Collectors.joining("\n"));
        }
        return ((Letter.Small) block).text();
    }

    private String contact(String between) {
        return Stream.concat(firm.address().lines(), Stream.of(firm.phone(), firm.email()))
                .filter(line -> line != null && !line.isBlank())
                .collect(Collectors.joining(between));
    }

    /** As HTML. */
    String html(Letter letter) {
        String body = letter.blocks().stream().map(this::html).collect(Collectors.joining("\n"));
        return """
                <!DOCTYPE html>
                <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
                <meta name="color-scheme" content="light"><title>%s</title></head>
                <body style="margin:0;background:#f7f7f9;color:%s;%s;font-size:15px;line-height:1.5">
                <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="background:#f7f7f9"><tr>\
                <td align="center" style="padding:24px 12px">
                <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" style="max-width:560px;\
                background:#ffffff;border:1px solid #e5e7ec;border-top:4px solid %s;border-radius:6px"><tr>\
                <td style="padding:24px 28px;text-align:left">
                <p style="margin:0 0 20px;font-weight:600;color:%s">%s</p>
                %s
                </td></tr></table>
                <p style="max-width:560px;margin:16px auto 0;font-size:12px;color:#656c7b">%s</p>
                </td></tr></table>
                </body></html>
                """.formatted(
                        escape(language),
                        escape(letter.subject()),
                        INK,
                        FONT,
                        firm.brandColour(),
                        heading(firm.brandColour()),
                        escape(firm.name()),
                        body,
                        escape(firm.name() + " · " + contact(" · ")));
    }

    private String html(Letter.Block block) {
        if (block instanceof Letter.Heading heading) {
            return "<h1 style=\"margin:0 0 12px;font-size:20px;line-height:1.3;font-weight:600\">"
                    + escape(heading.text()) + "</h1>";
        }
        if (block instanceof Letter.Paragraph paragraph) {
            return "<p style=\"margin:0 0 16px\">" + lines(paragraph.text()) + "</p>";
        }
        if (block instanceof Letter.Facts facts) {
            return facts.facts().stream()
                    .map(fact -> "<tr><td style=\"padding:5px 16px 5px 0;color:#4a5160;vertical-align:top\">"
                            + escape(fact.name()) + "</td><td style=\"padding:5px 0;font-weight:500\">"
                            + lines(fact.value()) + "</td></tr>")
                    .collect(Collectors.joining(
                            "",
                            "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:0 0 16px;"
                                    + "font-size:15px\">",
                            "</table>"));
        }
        if (block instanceof Letter.Button button) {
            return "<p style=\"margin:0 0 16px\">" + link(button.address(), button.label(), "padding:10px 18px")
                    + "</p>";
        }
        if (block instanceof Letter.Choices choices) {
            return choices(choices);
        }
        return "<p style=\"margin:0 0 12px;font-size:13px;color:#656c7b\">" + lines(((Letter.Small) block).text())
                + "</p>";
    }

    private String choices(Letter.Choices choices) {
        StringBuilder html = new StringBuilder("<div style=\"margin:0;padding:14px 0;border-top:1px solid #e5e7ec\">")
                .append("<p style=\"margin:0;font-weight:600\">")
                .append(escape(choices.title()))
                .append("</p>");
        if (!choices.detail().isEmpty()) {
            html.append("<p style=\"margin:0 0 8px;font-size:13px;color:#4a5160\">")
                    .append(lines(choices.detail()))
                    .append("</p>");
        }
        for (Letter.Choice choice : choices.choices()) {
            html.append("<p style=\"margin:0 0 8px\">")
                    .append(link(choice.address(), choice.label(), "padding:8px 14px"));
            if (!choice.reason().isEmpty()) {
                html.append(" <span style=\"font-size:13px;color:#656c7b\">")
                        .append(escape(choice.reason()))
                        .append("</span>");
            }
            html.append("</p>");
        }
        return html.append("</div>").toString();
    }

    private String link(String address, String label, String room) {
        return "<a href=\"" + escape(address) + "\" style=\"display:inline-block;" + room + ";background:"
                + firm.brandColour() + ";color:" + onBrand(firm.brandColour())
                + ";border-radius:4px;text-decoration:none;font-weight:600\">" + escape(label) + "</a>";
    }

    /** Black or white, whatever can be read on the colour. */
    static String onBrand(String colour) {
        return luma(colour) > LIGHT_ENOUGH ? INK : "#ffffff";
    }

    /** The colour itself where it can be read on white. */
    private static String heading(String colour) {
        return luma(colour) > LIGHT_ENOUGH ? INK : colour;
    }

    private static int luma(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return ((rgb >> 16 & 0xff) * 299 + (rgb >> 8 & 0xff) * 587 + (rgb & 0xff) * 114) / 1000;
    }

    private static String lines(String text) {
        return text.lines().map(LetterPaper::escape).collect(Collectors.joining("<br>"));
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(letter);
            }
        }
        return escaped.toString();
    }
}
