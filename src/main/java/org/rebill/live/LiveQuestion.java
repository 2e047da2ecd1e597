package org.rebill.live;

/**
 * What a phone system asks. All may be empty, none is null.
 *
 * @param code as dialled
 * @param number the other side's, as dialled
 * @param extension the firm's telephone
 * @param call the phone system's own key of the call, as its records carry it
 */
public record LiveQuestion(String code, String number, String extension, String call) {
    private static final int LONGEST = 100;

    public LiveQuestion {
        code = cut(code);
        number = cut(number);
        extension = cut(extension);
        call = cut(call);
    }

    private static String cut(String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.length() <= LONGEST ? stripped : stripped.substring(0, LONGEST);
    }
}
