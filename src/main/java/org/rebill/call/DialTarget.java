package org.rebill.call;

/**
 * Where a Dial() application called to, by its arguments: {@code IAX2/carrier/3125550100,60,TK},
 * {@code PJSIP/12145550143@trunk,300}, {@code PJSIP/201/sip:201@10.0.0.5&PJSIP/202,20}.
 *
 * @param device peer or telephone
 * @param number sent to it; empty when the device itself was called
 */
record DialTarget(String device, String number) {
    private static final DialTarget NONE = new DialTarget("", "");

    /** The target that a channel of the device belongs to, else the only one, else one without device and number. */
    static DialTarget of(String arguments, String device) {
        int end = arguments.length();
        for (int i = 0; i < end; i++) {
            char c = arguments.charAt(i);
            if (c == ',' || c == '|') {
                end = i;
            }
        }
        DialTarget only = NONE;
        int from = 0;
        while (from < end) {
            int to = arguments.indexOf('&', from);
            to = to < 0 || to > end ? end : to;
            DialTarget target = one(arguments.substring(from, to));
            if (target.device.equals(device)) {
                return target;
            }
            only = from == 0 && to == end ? target : NONE;
            from = to + 1;
        }
        return only;
    }

    private static DialTarget one(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return NONE;
        }
        String rest = text.substring(slash + 1);
        int second = rest.indexOf('/');
        if (second >= 0) {
            String peer = rest.substring(0, second);
            return new DialTarget(beforeHost(peer), user(rest.substring(second + 1)));
        }
        int at = rest.lastIndexOf('@');
        if (at > 0) {
            String peer = rest.substring(at + 1);
            int colon = peer.indexOf(':');
            return new DialTarget(colon < 0 ? peer : peer.substring(0, colon), user(rest.substring(0, at)));
        }
        return new DialTarget(rest, "");
    }

    /** Of {@code name:secret@host} or {@code name@host} the name. */
    private static String beforeHost(String peer) {
        int at = peer.indexOf('@');
        String name = at > 0 ? peer.substring(0, at) : peer;
        int colon = name.indexOf(':');
        return colon > 0 ? name.substring(0, colon) : name;
    }

    /** Of {@code sip:201@10.0.0.5;ob} the user. */
    private static String user(String uri) {
        int from = uri.startsWith("sip:") ? 4 : uri.startsWith("sips:") ? 5 : 0;
        int to = uri.length();
        for (int i = from; i < to; i++) {
            char c = uri.charAt(i);
            if (c == '@' || c == ';' || c == '/') {
                to = i;
            }
        }
        return uri.substring(from, to);
    }
}
