package org.rebill.call;

import java.time.Instant;
import java.util.List;

/**
 * What a group of legs was, once put together.
 *
 * @param answeredAt first answer of a person, or null
 * @param party the other side: E.164 where it can be told, else the digits as dialled; empty when withheld. For an
 *     internal call the called extension
 * @param extension the firm's telephone that talked longest, else the one that called or was called
 * @param talks in order of answer; of an internal call the caller's own; empty when nobody answered
 * @param talkSeconds whole seconds over all talks
 * @param code as the phone system wrote it, empty when none; may be malformed
 * @param emergency to an emergency number of the source's country
 * @param flags codes of reasons why the records could not tell everything, such as {@code prompt-in-talk}; empty when
 *     they did
 */
public record AssembledCall(
        Instant startedAt,
        Instant answeredAt,
        Instant endedAt,
        Direction direction,
        String party,
        String extension,
        List<Talk> talks,
        int talkSeconds,
        String code,
        boolean emergency,
        List<String> flags) {
    public AssembledCall {
        talks = List.copyOf(talks);
        flags = List.copyOf(flags);
    }
}
