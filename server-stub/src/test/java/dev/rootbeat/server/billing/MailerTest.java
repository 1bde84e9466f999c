package dev.rootbeat.server.billing;

import static dev.rootbeat.server.billing.Ledger.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.rootbeat.rot.protocol.Bytes;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import dev.rootbeat.server.model.Plan;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways of invoices, with a mail server of others (GreenMail). */
class MailerTest {

    private static final String TO = "books@customer.example";
    private static final Domain CUSTOMER = new Domain(HOME, "The customer", "key", Bytes.of(new byte[32]));

    private final Ledger ledger = new Ledger("2027-05-05T10:00:00Z");

    /** A mail server on a port that is free. */
    private static GreenMail mailServer(int port) {
        var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        return new GreenMail(setup);
    }

    private static Mailer mailer(int port) {
        return new Mailer(
                MailServer.parse("smtp://127.0.0.1:" + port),
                "accounts@rootbeat.example",
                TO,
                Map.of("other", "books@other.example"));
    }

    private Invoice raised() {
        ledger.fill();
        ledger.choose(HOME, ledger.device(1, HOME), Plan.COMMERCIAL);
        ledger.start();
        ledger.runUntil("2027-07-01T00:00:00Z");
        return ledger.invoices(HOME).getFirst();
    }

    @Test
    void a_domain_with_an_address_of_its_own_gets_its_invoices_there() throws Exception {
        GreenMail server = mailServer(0);
        server.start();
        try {
            var other = new Domain("id", "Another customer", "other", Bytes.of(new byte[32]));
            mailer(server.getSmtp().getPort()).deliver(other, raised());

            assertThat(server.getReceivedMessages()[0].getAllRecipients())
                    .extracting(Object::toString)
                    .containsExactly("books@other.example");
        } finally {
            server.stop();
        }
    }

    @Test
    void an_invoice_is_mailed_as_a_page_for_people_with_the_document_for_programs_attached() throws Exception {
        Invoice invoice = raised();
        GreenMail server = mailServer(0);
        server.start();
        try {
            Mailer mailer = mailer(server.getSmtp().getPort());
            mailer.deliver(CUSTOMER, invoice);
            mailer.deliver(CUSTOMER, invoice);

            assertThat(server.getReceivedMessages()).hasSize(2);
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Invoice 1 of 2027-07-01: EUR 0.50");
            assertThat(mail.getFrom()[0]).hasToString("accounts@rootbeat.example");
            assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString(TO);
            assertThat(mail.getSentDate().toInstant()).isEqualTo(Instant.parse("2027-07-01T00:00:00Z"));
            var parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/html");
            assertThat(text(parts, 0)).isEqualToNormalizingNewlines(invoice.html());
            assertThat(parts.getBodyPart(1).getContentType()).startsWith("application/json");
            assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("invoice-1.json");
            assertThat(text(parts, 1)).isEqualTo(invoice.json());
            assertThat(server.getReceivedMessages()[1].getMessageID())
                    .as("by which a receiver knows what came twice")
                    .isEqualTo(mail.getMessageID());
        } finally {
            server.stop();
        }
    }

    private static String text(MimeMultipart parts, int index) throws Exception {
        return new String(parts.getBodyPart(index).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_mail_server_that_is_down_delays_and_never_loses() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ledger.channels.add(mailer(port));
        Invoice invoice = raised();
        ledger.runUntil("2027-07-01T12:00:00Z");
        GreenMail server = mailServer(port);
        server.start();
        try {
            assertThat(server.getReceivedMessages()).isEmpty();
            ledger.runUntil("2027-07-01T18:00:00Z");

            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(server.getReceivedMessages()[0].getSubject()).contains("Invoice " + invoice.number());
            ledger.runUntil("2027-07-31T00:00:00Z");
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void a_mail_server_that_is_down_is_named_without_its_password() throws Exception {
        Invoice invoice = raised();
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var mailer =
                new Mailer(MailServer.parse("smtp://user:secret@127.0.0.1:" + port), "a@example.com", TO, Map.of());

        assertThatThrownBy(() -> mailer.deliver(CUSTOMER, invoice))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith("smtp://127.0.0.1:" + port)
                .doesNotContain("secret");
    }

    @Test
    void a_folder_gets_both_documents_and_has_them_once(@TempDir Path folder) throws Exception {
        Path deep = folder.resolve("a/b");
        ledger.channels.add(new FolderChannel(deep));
        Invoice invoice = raised();
        new FolderChannel(deep).deliver(CUSTOMER, invoice);

        assertThat(deep.resolve("invoice-home-1.html")).hasContent(invoice.html());
        assertThat(deep.resolve("invoice-home-1.json")).hasContent(invoice.json());
        try (Stream<Path> files = Files.list(deep)) {
            assertThat(files).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "smtp://mail.example,             smtp://mail.example:25",
        "smtps://mail.example,            smtps://mail.example:465",
        "smtp://a:b%3Ac@mail.example:587, smtp://mail.example:587"
    })
    void a_mail_server_is_read_from_a_url_and_shows_no_password(String text, String shown) {
        assertThat(MailServer.parse(text)).hasToString(shown);
        assertThat(MailServer.parse("smtp://a:b%3Ac@mail.example:587").password())
                .isEqualTo("b:c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example",
                "http://mail.example",
                "smtp://",
                "smtp://mail.example/path",
                "smtp://mail.example?x",
                "smtp://secret@mail.example",
                "smtp://a:secret@mail example"
            })
    void what_is_no_mail_server_is_refused_without_repeating_it(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MailServer.parse(text))
                .withMessageStartingWith("a mail server is smtp://HOST")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMERCIAL=50,5,5,5",
                "NONE=EUR:0,0,0,0",
                "COMMERCIAL=EUR:50,5,5",
                "COMMERCIAL=EUR:-1,5,5,5",
                "COMMERCIAL=EUR:0.5,5,5,5",
                "COMMERCIAL=XYZ:50,5,5,5",
                "COMMERCIAL=EUR:1000000001,5,5,5"
            })
    void what_is_no_price_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlanPrice.parse(text));
    }
}
