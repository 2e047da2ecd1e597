package org.rebill.call;

/**
 * What a channel's name tells, such as {@code PJSIP/201-0000001a}, {@code IAX2/carrier-4771} or
 * {@code Local/1144@from-internal-00000007;1}.
 *
 * @param technology before the first slash; of a {@link Side} what it is
 * @param device between the slash and the last hyphen, without a host; of a Local channel the dialled extension
 * @param half 1 or 2 of a Local channel's half, else 0
 * @param pair of a Local channel's half: its name without the half; else empty
 */
record ChannelName(String technology, String device, int half, String pair) {
    private static final String[] TOLD = {Side.PHONE, Side.LINE, Side.ROOM};
    private static final String[] WRAPPERS = {"AsyncGoto/", "Transfered/", "Bridge/", "Parked/", "Surrogate/"};

    static ChannelName of(String channel) {
        for (String told : TOLD) {
            if (channel.startsWith(told)) {
                int connection = channel.indexOf(Side.CONNECTION);
                String device = channel.substring(told.length(), connection < 0 ? channel.length() : connection);
                return new ChannelName(told, device, 0, "");
            }
        }
        String name = channel;
        for (String wrapper : WRAPPERS) {
            if (name.startsWith(wrapper) && name.indexOf('/', wrapper.length()) > 0) {
                name = name.substring(wrapper.length());
            }
        }
        int mark = name.indexOf('<');
        if (mark > 0) {
            // <ZOMBIE>, <MASQ>
            name = name.substring(0, mark);
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            return new ChannelName("", name, 0, "");
        }
        String technology = name.substring(0, slash);
        if (technology.equals("Local") && name.length() > slash + 3) {
            char separator = name.charAt(name.length() - 2);
            char half = name.charAt(name.length() - 1);
            if ((separator == ';' || separator == ',') && (half == '1' || half == '2')) {
                int at = name.indexOf('@', slash);
                String extension = name.substring(slash + 1, at < 0 ? name.length() - 2 : at);
                return new ChannelName(technology, extension, half - '0', name.substring(0, name.length() - 2));
            }
        }
        int hyphen = name.lastIndexOf('-');
        String device = name.substring(slash + 1, hyphen > slash ? hyphen : name.length());
        int at = device.indexOf('@');
        return new ChannelName(technology, at > 0 ? device.substring(0, at) : device, 0, "");
    }

    /** The phone system says that it is a telephone of the firm. */
    boolean isToldPhone() {
        return technology.equals(Side.PHONE);
    }

    /** The phone system says that it is a line to the outside. */
    boolean isToldLine() {
        return technology.equals(Side.LINE);
    }

    /** The phone system says that it is a conference room. */
    boolean isRoom() {
        return technology.equals(Side.ROOM);
    }

    boolean isLocal() {
        return half != 0;
    }

    /** Names a telephone or a trunk; a port's name, such as DAHDI/1-1, tells nothing of numbers. */
    boolean namesDevice() {
        return switch (technology) {
            case "DAHDI", "Zap", "mISDN", "CAPI", "vpb", "Phone", "Console", "KHOMP", "" -> false;
            default -> true;
        };
    }
}
