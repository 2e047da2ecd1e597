package org.rebill.call;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.rebill.ledger.CallFacts;

/**
 * A call as its row says, while it is written. People read {@link Call} or {@link CallLine}.
 *
 * @param fileId of the file that brought its first leg
 * @param legCount records of the phone system; events beside them are not counted
 * @param code as it stands: one given on the web goes before the phone system's (DOMAIN.md D8)
 */
record CallRow(
        UUID id,
        Instant openedAt,
        UUID sourceId,
        UUID fileId,
        Instant startedAt,
        Instant answeredAt,
        Instant endedAt,
        Direction direction,
        String party,
        UUID personId,
        String extension,
        int talkSeconds,
        List<PersonTalk> talks,
        boolean emergency,
        int legCount,
        String pbxCode,
        String code,
        CodeOrigin codeOrigin,
        UUID clientId,
        UUID matterId,
        CallState state,
        String flags) {

    boolean answered() {
        return talkSeconds > 0;
    }

    /** Talked with somebody who could be billed. */
    boolean outside() {
        return direction != Direction.INTERNAL && !emergency;
    }

    /** Has something that the ledger could charge for. */
    boolean billable() {
        return answered() && outside();
    }

    /** Where a call stands that has nothing to charge for. */
    CallState unbillable() {
        if (!answered()) {
            return CallState.NO_ANSWER;
        }
        return direction == Direction.INTERNAL ? CallState.INTERNAL : CallState.HOUSE;
    }

    boolean isOf(UUID person) {
        return person != null
                && (person.equals(personId) || talks.stream().anyMatch(talk -> person.equals(talk.personId())));
    }

    CallFacts facts() {
        return new CallFacts(
                id,
                openedAt,
                startedAt,
                sourceId,
                outside(),
                direction == Direction.OUT,
                party,
                code,
                talks.stream()
                        .map(talk -> new CallFacts.TalkFacts(
                                talk.personId(), talk.extension(), talk.answeredAt(), talk.seconds()))
                        .toList());
    }

    /** The same without a talk: nobody can be charged for it. */
    CallRow silent() {
        return new CallRow(
                id,
                openedAt,
                sourceId,
                fileId,
                startedAt,
                null,
                endedAt,
                direction,
                party,
                personId,
                extension,
                0,
                List.of(),
                emergency,
                legCount,
                pbxCode,
                code,
                codeOrigin,
                clientId,
                matterId,
                state,
                flags);
    }

    CallRow coded(String newCode, CodeOrigin origin) {
        return with(newCode, origin, clientId, matterId, state, flags);
    }

    CallRow standing(CallState newState, UUID newClient, UUID newMatter) {
        return with(code, codeOrigin, newClient, newMatter, newState, flags);
    }

    boolean isFlagged(CallFlag flag) {
        return List.of(flags.split(" ")).contains(flag.code());
    }

    CallRow flagged(CallFlag flag) {
        if (isFlagged(flag)) {
            return this;
        }
        return with(
                code, codeOrigin, clientId, matterId, state, flags.isEmpty() ? flag.code() : flags + " " + flag.code());
    }

    private CallRow with(
            String newCode, CodeOrigin newOrigin, UUID newClient, UUID newMatter, CallState newState, String newFlags) {
        return new CallRow(
                id,
                openedAt,
                sourceId,
                fileId,
                startedAt,
                answeredAt,
                endedAt,
                direction,
                party,
                personId,
                extension,
                talkSeconds,
                talks,
                emergency,
                legCount,
                pbxCode,
                newCode,
                newOrigin,
                newClient,
                newMatter,
                newState,
                newFlags);
    }
}
