package org.rebill.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FreeSwitchDocumentTest {
    private static List<String> actions(String xml) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        NodeList nodes = document.getElementsByTagName("action");
        List<String> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element action = (Element) nodes.item(i);
            found.add(action.getAttribute("application") + " " + action.getAttribute("data"));
        }
        return found;
    }

    @Test
    void asksForWhatModXmlCurlPosts() {
        assertThat(FreeSwitchDocument.question(Map.of(
                        "variable_rebill_code",
                        "1042",
                        "Caller-Destination-Number",
                        "15125550144",
                        "Caller-Username",
                        "203",
                        "Caller-Caller-ID-Number",
                        "5125550100",
                        "Unique-ID",
                        "b1b9")::get))
                .isEqualTo(new LiveQuestion("1042", "15125550144", "203", "b1b9"));
    }

    @Test
    void goesOnInTheContextOfTheAnswer() throws Exception {
        LiveQuestion question = new LiveQuestion("1042", "15125550144", "203", "");

        assertThat(actions(FreeSwitchDocument.of(question, LiveAnswer.OK)))
                .containsExactly("set rebill_answer=ok", "set accountcode=1042", "transfer 15125550144 XML rebill_ok");
        assertThat(actions(FreeSwitchDocument.of(question, LiveAnswer.ASK_AGAIN)))
                .containsExactly("set rebill_answer=ask_again", "transfer 15125550144 XML rebill_ask_again");
        assertThat(actions(FreeSwitchDocument.notFound())).isEmpty();
    }

    @Test
    void nothingThatWasDialledBecomesACommand() throws Exception {
        LiveQuestion question = new LiveQuestion("1\"/><x", "${system(reboot)}\" XML evil,911&", "", "");

        assertThat(actions(FreeSwitchDocument.of(question, LiveAnswer.OK)))
                .containsExactly(
                        "set rebill_answer=ok", "set accountcode=1x", "transfer systemrebootXMLevil911 XML rebill_ok");
    }
}
