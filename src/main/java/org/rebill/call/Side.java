package org.rebill.call;

/**
 * One end of a leg, for phone systems that say themselves what it is: a telephone of the firm, a line to the outside, or
 * a conference room (or what the phone system connects legs by) in which all who are connected with it at the same time
 * talk with each other. Written as
 * {@code phone:201}, {@code line:T9001} or {@code room:b0029901001}, with a mark of the connection behind a number sign
 * where one line carries several calls. No channel of Asterisk is named so.
 */
public final class Side {
    static final String PHONE = "phone:";
    static final String LINE = "line:";
    static final String ROOM = "room:";
    static final char CONNECTION = '#';

    private Side() {}

    /** A telephone of the firm, by its extension. */
    public static String phone(String extension) {
        return PHONE + extension.replace(CONNECTION, ' ').strip();
    }

    /**
     * A conference room, by what is the same in all legs that lead to it. A leg of application {@code Conference} says
     * that people may have waited for others in it.
     */
    public static String room(String name) {
        return ROOM + name.replace(CONNECTION, ' ').strip();
    }

    /** A line to the outside that carries one connection of this call at most. */
    public static String line(String name) {
        return line(name, "");
    }

    /**
     * A line to the outside.
     *
     * @param connection tells apart what goes over the line at the same time; the same in all legs that share it; may
     *     be empty
     */
    public static String line(String name, String connection) {
        String line = LINE + name.replace(CONNECTION, ' ').strip();
        return connection.isEmpty() ? line : line + CONNECTION + connection;
    }
}
