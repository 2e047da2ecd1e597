package org.rebill.code;

/**
 * A line of a file of codes, as written; blanks around stripped, empty where nothing stands.
 *
 * @param line its number in the file, from 1
 * @param client a client's name, or House
 * @param matter the reference of one of the client's matters
 * @param from first day or moment, at the firm
 * @param retired first day or moment on which it is not valid any more, at the firm
 */
record CodeLine(
        long line,
        String code,
        String label,
        String client,
        String matter,
        String group,
        String from,
        String retired) {}
