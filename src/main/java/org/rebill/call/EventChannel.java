package org.rebill.call;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the events of a call tell of one of its channels. */
final class EventChannel {
    /** No such moment. */
    static final long NEVER = Long.MIN_VALUE;

    private static final Set<String> DIALLERS = Set.of("Dial", "Queue", "FollowMe", "Page", "RetryDial");

    /**
     * An application with which a channel called others.
     *
     * @param at epoch microseconds
     */
    record Dialling(EventChannel by, long at, String application, String arguments, String caller, String called) {}

    private final List<Dialling> diallings = new ArrayList<>(1);
    private final Set<String> talkCodes = new LinkedHashSet<>(2);
    private String name = "";
    private String number = "";
    private String dialled = "";
    private String code = "";
    private String lastRun = "";
    private String lastArguments = "";
    private boolean called;
    private boolean bridged;
    private boolean made;
    private long begins = NEVER;
    private long answers = NEVER;
    private long ends = NEVER;

    /** @param event the next in order of time */
    void add(CallEvent event) {
        if (name.isEmpty() || event.channel().indexOf('<') < 0) {
            name = event.channel();
        }
        begins = begins == NEVER ? event.micros() : begins;
        number = number.isEmpty() ? event.caller() : number;
        dialled = hasDigit(dialled) ? dialled : event.called();
        code = event.code().isEmpty() ? code : event.code();
        String application = event.application();
        called |= application.equals("AppDial") || application.equals("AppQueue");
        switch (event.kind()) {
            case CHAN_START -> made = true;
            case ANSWER -> answers = answers == NEVER ? event.micros() : answers;
            case BRIDGE_ENTER -> bridged = true;
            case HANGUP, CHAN_END -> ends = ends == NEVER ? event.micros() : ends;
            default -> {}
        }
        if (bridged && !event.code().isEmpty()) {
            talkCodes.add(event.code());
        }
        if (DIALLERS.contains(application)) {
            boolean known = diallings.stream()
                    .anyMatch(one -> one.application.equals(application) && one.arguments.equals(event.arguments()));
            if (!known) {
                diallings.add(new Dialling(
                        this,
                        event.micros(),
                        application,
                        event.arguments(),
                        event.caller(),
                        hasDigit(event.called()) ? event.called() : dialled));
            }
        } else if (event.kind() == CallEvent.Kind.APP_START) {
            lastRun = application;
            lastArguments = event.arguments();
        }
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    /** Name as it was last, but for what is left of a channel that another took the place of. */
    String name() {
        return name;
    }

    /** Another channel of the call called it. */
    boolean isCalled() {
        return called;
    }

    /** It was made as part of this call; else it came out of another one. */
    boolean isMadeHere() {
        return made;
    }

    /** Number of its party; of a called channel the number called. */
    String number() {
        return number;
    }

    /** First extension with digits that it was in. */
    String dialled() {
        return dialled;
    }

    /** The last account code it had; empty when none. */
    String code() {
        return code;
    }

    /** Its account code was changed while it talked. */
    boolean changedCode() {
        return !called && talkCodes.size() > 1;
    }

    /** The last application that did not call others; may be empty. */
    String lastRun() {
        return lastRun;
    }

    String lastArguments() {
        return lastArguments;
    }

    List<Dialling> diallings() {
        return diallings;
    }

    /** Epoch microsecond of its first event. */
    long begins() {
        return begins;
    }

    /** Epoch microsecond, or {@link #NEVER}. */
    long answers() {
        return answers;
    }

    /** Epoch microsecond, or {@link #NEVER} while it lives. */
    long ends() {
        return ends;
    }
}
