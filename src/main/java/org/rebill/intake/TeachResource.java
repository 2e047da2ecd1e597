package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.call.Direction;
import org.rebill.call.NumberPlan;
import org.rebill.firm.Firms;
import org.rebill.firm.Site;
import org.rebill.intake.format.MappingGuess;
import org.rebill.intake.format.RecordMapping;
import org.rebill.intake.format.SourceSettings;
import org.rebill.platform.Refusal;

/** Guesses an unknown format from a sample, by REST. */
@Path("/firms/{firm}/sources/formats/guess")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class TeachResource {
    private final Teacher teacher;
    private final Firms firms;

    @Inject
    TeachResource(Teacher teacher, Firms firms) {
        this.teacher = teacher;
        this.firms = firms;
    }

    /**
     * A record as it is understood.
     *
     * @param line number from 1
     */
    public record GuessedCall(
            long line,
            String raw,
            Instant startedAt,
            Direction direction,
            String extension,
            String party,
            String code,
            int talkSeconds) {
        static GuessedCall of(Teacher.Understood one) {
            return new GuessedCall(
                    one.line(),
                    one.raw(),
                    one.call().startedAt(),
                    one.call().direction(),
                    one.call().extension(),
                    one.call().party(),
                    one.call().code(),
                    one.call().talkSeconds());
        }
    }

    /**
     * What a sample seems to be.
     *
     * @param format id of a format that knows it already; absent when none does
     * @param mapping for the option "mapping" of the format "mapped"; may lack what could not be found
     * @param problem what is missing in the mapping; absent when it is whole
     * @param columns of the sample, as a mapping names them
     * @param extensionDigits of the longest number that seems to be a telephone of the firm
     * @param records lines of the sample, left out ones too
     * @param understood how many are calls
     * @param ignored how many are left out
     * @param missed how many are none of both: they would wait in quarantine
     * @param calls the first 20 as they are understood
     * @param firstMissed the first 20 of those missed, with what is wrong
     */
    public record GuessBody(
            String format,
            String mapping,
            String problem,
            List<MappingGuess.SampleColumn> columns,
            int extensionDigits,
            int records,
            int understood,
            int ignored,
            int missed,
            List<GuessedCall> calls,
            List<Teacher.NotUnderstood> firstMissed) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Guess what stands where in records of an unknown format",
            description = "The body is text of some records, up to 64 KiB. Nothing is kept. To use the guess, correct "
                    + "the mapping and add a source of the format \"mapped\" with it as the option \"mapping\".")
    @RequestBody(content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(
            responseCode = "200",
            description = "The guess",
            content = @Content(schema = @Schema(implementation = GuessBody.class)))
    public GuessBody guess(InputStream body) throws IOException {
        String sample = new String(body.readNBytes(Teacher.MOST + 1), StandardCharsets.UTF_8);
        Teacher.Taught taught = teacher.guess(sample);
        MappingGuess.Guess guess = taught.guess();
        String mapping = guess.mapping().text();
        String problem = RecordMapping.problem(mapping).orElse(null);
        Teacher.Preview preview = problem == null
                ? teacher.preview(sample, mapping, settings(guess.extensionDigits()))
                : new Teacher.Preview(0, 0, 0, 0, List.of(), List.of());
        return new GuessBody(
                taught.known() == null ? null : taught.known().id(),
                mapping,
                problem,
                guess.columns(),
                guess.extensionDigits(),
                preview.records(),
                preview.understood(),
                preview.ignored(),
                preview.missed(),
                preview.first().stream().map(GuessedCall::of).toList(),
                preview.firstMissed());
    }

    private SourceSettings settings(int extensionDigits) {
        Site site = firms.sites().stream().findFirst().orElseThrow(() -> new Refusal.NotFound("place"));
        return new SourceSettings(
                site.id(),
                ZoneId.of(site.zone()),
                false,
                new NumberPlan(site.country(), "", "", extensionDigits),
                Map.of());
    }
}
