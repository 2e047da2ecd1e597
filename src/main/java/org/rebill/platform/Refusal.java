package org.rebill.platform;

import java.util.List;

/**
 * A request that is refused, said so that a person can act: what, where and how to mend it. Each kind is one HTTP
 * status; pages show the same texts at the fields.
 */
public abstract sealed class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * What is wrong with one field.
     *
     * @param field name in the REST document, dotted for nested ones; empty for the whole
     * @param code stable, for programs, such as {@code code.digits}
     * @param text for people
     */
    public record Problem(String field, String code, String text) {}

    private final transient List<Problem> problems;

    private Refusal(List<Problem> problems) {
        super(problems.get(0).text());
        this.problems = List.copyOf(problems);
    }

    /** At least one; the first is the summary. */
    public List<Problem> problems() {
        return problems;
    }

    /** HTTP status. */
    public abstract int status();

    /** Something entered is wrong (422); nothing was stored. */
    public static final class Invalid extends Refusal {
        private static final long serialVersionUID = 1L;

        public Invalid(String field, String code, String text) {
            this(List.of(new Problem(field, code, text)));
        }

        public Invalid(List<Problem> problems) {
            super(problems);
        }

        @Override
        public int status() {
            return 422;
        }
    }

    /** No such thing in this firm (404), or not for this client: both sound the same, so that nothing can be guessed. */
    public static final class NotFound extends Refusal {
        private static final long serialVersionUID = 1L;

        public NotFound(String what) {
            super(List.of(new Problem("", "not-found", "There is no such " + what + " here.")));
        }

        @Override
        public int status() {
            return 404;
        }
    }

    /** Signed in, but this role may not do it (403). */
    public static final class Forbidden extends Refusal {
        private static final long serialVersionUID = 1L;

        public Forbidden(String text) {
            super(List.of(new Problem("", "forbidden", text)));
        }

        @Override
        public int status() {
            return 403;
        }
    }

    /** Does not fit what is stored, or somebody changed it meanwhile (409). */
    public static final class Conflict extends Refusal {
        private static final long serialVersionUID = 1L;

        public Conflict(String field, String code, String text) {
            super(List.of(new Problem(field, code, text)));
        }

        @Override
        public int status() {
            return 409;
        }
    }

    /** More bytes than are taken at once (413). */
    public static final class TooLarge extends Refusal {
        private static final long serialVersionUID = 1L;

        public TooLarge(String field, String code, String text) {
            super(List.of(new Problem(field, code, text)));
        }

        @Override
        public int status() {
            return 413;
        }
    }

    /** Not a kind of content that can be read here (415). */
    public static final class WrongType extends Refusal {
        private static final long serialVersionUID = 1L;

        public WrongType(String field, String code, String text) {
            super(List.of(new Problem(field, code, text)));
        }

        @Override
        public int status() {
            return 415;
        }
    }

    /** Asked too often (429); the answer's Retry-After says when again. */
    public static final class TooMany extends Refusal {
        private static final long serialVersionUID = 1L;

        private final long retryAfterSeconds;

        /**
         * Told with the time to wait.
         *
         * @param retryAfterSeconds at least 1
         */
        public TooMany(String code, String text, long retryAfterSeconds) {
            super(List.of(new Problem("", code, text)));
            this.retryAfterSeconds = retryAfterSeconds;
        }

        /** Whole seconds, at least 1. */
        public long retryAfterSeconds() {
            return retryAfterSeconds;
        }

        @Override
        public int status() {
            return 429;
        }
    }

    /** Changed by somebody since the caller read it (412). */
    public static final class Stale extends Refusal {
        private static final long serialVersionUID = 1L;

        public Stale(String what) {
            super(List.of(new Problem(
                    "",
                    "changed-meanwhile",
                    "Somebody changed this " + what + " meanwhile. Read it again, then change it.")));
        }

        @Override
        public int status() {
            return 412;
        }
    }

    /** A change that does not say which state it is made to (428). */
    public static final class Unguarded extends Refusal {
        private static final long serialVersionUID = 1L;

        public Unguarded() {
            super(List.of(new Problem(
                    "", "if-match.missing", "Send the ETag you read as 'If-Match', so that nobody's change is lost.")));
        }

        @Override
        public int status() {
            return 428;
        }
    }
}
