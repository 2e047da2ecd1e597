package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.LocalDate;
import org.rebill.platform.FirmOwned;

/** How far a series has come in a year. */
@Entity
@Table(name = "statement_series")
@IdClass(SeriesCounter.Key.class)
class SeriesCounter extends FirmOwned {
    /** Key inside the firm. */
    record Key(String series, int year) implements Serializable {}

    @Id
    private String series;

    @Id
    private int year;

    @Column(name = "last_number")
    private int lastNumber;

    @Column(name = "last_day")
    private LocalDate lastDay;

    protected SeriesCounter() {}

    int lastNumber() {
        return lastNumber;
    }

    LocalDate lastDay() {
        return lastDay;
    }

    int count(LocalDate day) {
        lastDay = day;
        return ++lastNumber;
    }
}
