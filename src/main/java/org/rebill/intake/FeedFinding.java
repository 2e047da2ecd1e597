package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** What a file shows of its whole feed that can't be right (DOMAIN.md C22); found when it was read. */
@Entity
@Immutable
@Table(name = "feed_finding")
@IdClass(FeedFinding.Key.class)
public class FeedFinding extends FirmOwned {
    /** Key inside the firm. */
    public record Key(UUID fileId, int no) implements Serializable {}

    /** What it is. */
    public enum Kind {
        /** Hours without a call, in which other weeks always have many. */
        MISSING_HOURS,
        /** The phone system's clock was set back: what it had shown already it showed again. */
        CLOCK_SET_BACK,
        /** Records of calls that were over only after the file had come. */
        CLOCK_AHEAD
    }

    @Id
    @Column(name = "file_id")
    private UUID fileId;

    @Id
    private int no;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Column(name = "from_at")
    private Instant fromAt;

    @Column(name = "to_at")
    private Instant toAt;

    @Column(name = "line_no")
    private Long lineNo;

    private Integer usual;

    protected FeedFinding() {}

    /**
     * @param no order among the file's, from 1
     * @param found what was found
     */
    FeedFinding(UUID fileId, int no, FeedWatch.Found found) {
        this.fileId = fileId;
        this.no = no;
        this.kind = found.kind();
        this.fromAt = found.from();
        this.toAt = found.to();
        this.lineNo = found.lineNo();
        this.usual = found.usual();
    }

    public Kind kind() {
        return kind;
    }

    /** Begin of what is missing; where the clock was set back to; when the file came. */
    public Instant fromAt() {
        return fromAt;
    }

    /** End of what is missing; what the clock had shown before; the latest end of a call. */
    public Instant toAt() {
        return toAt;
    }

    /** First line of the record that shows it, from 1; null of what is not in the file. */
    public Long lineNo() {
        return lineNo;
    }

    /** Calls of each missing hour in other weeks, at least; null where it does not matter. */
    public Integer usual() {
        return usual;
    }
}
