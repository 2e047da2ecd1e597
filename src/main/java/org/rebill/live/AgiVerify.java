package org.rebill.live;

import java.net.InetAddress;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;

/**
 * {@code AGI(agi://rebill/verify,KEY,CODE,NUMBER,EXTENSION,CALL)}: sets the channel variable {@code REBILL} to ok, unknown,
 * ask_again or not_needed; to {@code error} when the key is none, which a dial plan takes as it likes.
 */
final class AgiVerify implements AgiScript {
    private static final String VARIABLE = "REBILL";

    /** Answers a question. */
    @FunctionalInterface
    interface Answers {
        /**
         * The answer; empty for no valid key.
         *
         * @param address where the question came from
         */
        Optional<LiveAnswer> of(String key, LiveQuestion question, String address);
    }

    private final Answers answers;

    AgiVerify(Answers answers) {
        this.answers = answers;
    }

    @Override
    public void service(AgiRequest request, AgiChannel channel) throws AgiException {
        String[] sent = request.getArguments();
        LiveQuestion question =
                new LiveQuestion(argument(sent, 1), argument(sent, 2), argument(sent, 3), argument(sent, 4));
        InetAddress from = request.getRemoteAddress();
        String word = answers.of(argument(sent, 0), question, from == null ? "" : from.getHostAddress())
                .map(LiveAnswer::word)
                .orElse("error");
        channel.setVariable(VARIABLE, word);
    }

    private static String argument(String[] sent, int at) {
        return sent == null || at >= sent.length || sent[at] == null ? "" : sent[at].strip();
    }
}
