package org.rebill.collector;

/** The configuration file can't be used; the message says where and how to mend it. */
final class SettingsProblem extends Exception {
    private static final long serialVersionUID = 1;

    SettingsProblem(String message) {
        super(message);
    }
}
