package org.rebill.collector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private static void append(Journal journal, String text) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        journal.append(bytes, bytes.length);
    }

    private static List<String> waiting(Journal journal) throws IOException {
        List<String> texts = new java.util.ArrayList<>();
        for (Path piece : journal.waiting()) {
            texts.add(Files.readString(piece));
        }
        return texts;
    }

    @Test
    void sealsAtTheEndOfALine() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            append(journal, "one\ntwo\nth");
            journal.seal(false);
            assertThat(waiting(journal)).containsExactly("one\ntwo\n");
            append(journal, "ree\n");
            journal.seal(false);
            assertThat(waiting(journal)).containsExactly("one\ntwo\n", "three\n");
        }
    }

    @Test
    void keepsWhatHasNoLineEndUntilItIsToldThatNothingFollows() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            append(journal, "half");
            journal.seal(false);
            assertThat(waiting(journal)).isEmpty();
            journal.seal(true);
            assertThat(waiting(journal)).containsExactly("half");
        }
    }

    @Test
    void sealsByItselfWhenThePieceIsLarge() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            String line = "x".repeat(99) + "\n";
            for (int i = 0; i < 1_000; i++) {
                append(journal, line);
            }
            assertThat(journal.waiting()).hasSize(1);
            assertThat(Files.size(journal.waiting().get(0))).isBetween(60_000L, 70_000L);
        }
    }

    @Test
    void givesUpWhatWasSentAndKeepsWhatWasRefused() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            append(journal, "one\n");
            journal.seal(false);
            append(journal, "two\n");
            journal.seal(false);
            journal.sent(journal.waiting().subList(0, 1));
            journal.refuse(journal.waiting().get(0));
            assertThat(journal.waiting()).isEmpty();
            assertThat(journal.refused()).hasSize(1);
        }
    }

    @Test
    void whatWasOpenWhenItWasKilledWaitsAtTheNextStart() throws IOException {
        Journal killed = Journal.open(folder);
        append(killed, "one\ntwo");
        try (Journal journal = Journal.open(folder)) {
            assertThat(waiting(journal)).containsExactly("one\ntwo");
            append(journal, "three\n");
            journal.seal(false);
            assertThat(waiting(journal)).containsExactly("one\ntwo", "three\n");
        }
    }

    @Test
    void whatWasCopiedWhenItWasKilledWhileSealingIsNotThereTwice() throws IOException {
        Files.writeString(folder.resolve("000000000003.open"), "one\ntw");
        Files.writeString(folder.resolve("000000000004.open"), "tw");
        try (Journal journal = Journal.open(folder)) {
            assertThat(waiting(journal)).containsExactly("one\n", "tw");
            assertThat(journal.waiting().get(1).getFileName()).hasToString("000000000004.sealed");
        }
    }

    @Test
    void numbersNeverComeAgain() throws IOException {
        try (Journal journal = Journal.open(folder)) {
            append(journal, "one\n");
            journal.seal(false);
            journal.refuse(journal.waiting().get(0));
        }
        try (Journal journal = Journal.open(folder)) {
            append(journal, "two\n");
            journal.seal(false);
            assertThat(journal.waiting().get(0).getFileName()).hasToString("000000000002.sealed");
        }
    }
}
