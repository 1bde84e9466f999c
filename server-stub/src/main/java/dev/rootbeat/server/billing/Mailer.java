package dev.rootbeat.server.billing;

import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.model.Invoice;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * E-mails invoices: the document for people as the message, the one for programs attached. An invoice that is sent again
 * has the same Message-ID (RFC 5322, section 3.6.4), by which a receiver knows it.
 */
public final class Mailer implements Channel {

    /** A server that does not answer holds up the other jobs for no longer, in milliseconds. */
    private static final String TIMEOUT = "10000";

    private final MailServer server;
    private final InternetAddress from;
    private final InternetAddress to;
    private final Map<String, InternetAddress> toCustomer = new HashMap<>();

    /**
     * Sends by this server.
     *
     * @param from the sender's address
     * @param to where invoices go
     * @param toCustomer where those of some domains go instead, by their API keys
     * @throws IllegalArgumentException if one of them is no address
     */
    public Mailer(MailServer server, String from, String to, Map<String, String> toCustomer) {
        this.server = server;
        this.from = address(from);
        this.to = address(to);
        toCustomer.forEach((apiKey, address) -> this.toCustomer.put(apiKey, address(address)));
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void deliver(Domain customer, Invoice invoice) throws IOException {
        Session session = Session.getInstance(properties());
        try (Transport transport = session.getTransport()) {
            MimeMessage message = message(session, toCustomer.getOrDefault(customer.apiKey(), to), invoice);
            transport.connect(server.user(), server.password());
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw new IOException(server + ": " + e.getMessage(), e);
        }
    }

    private MimeMessage message(Session session, InternetAddress receiver, Invoice invoice) throws MessagingException {
        var html = new MimeBodyPart();
        html.setText(invoice.html(), StandardCharsets.UTF_8.name(), "html");
        var json = new MimeBodyPart();
        json.setText(invoice.json(), StandardCharsets.UTF_8.name());
        json.setHeader("Content-Type", "application/json");
        json.setDisposition(Part.ATTACHMENT);
        json.setFileName("invoice-" + invoice.number() + ".json");
        var message = new MimeMessage(session);
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, receiver);
        message.setSubject(
                "Invoice " + invoice.number() + " of " + invoice.day() + ": " + invoice.currency() + " "
                        + Documents.money(invoice.total(), invoice.currency()),
                StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(invoice.raisedAt()));
        message.setContent(new MimeMultipart(html, json));
        message.saveChanges();
        // Saving gives it a new one each time.
        message.setHeader("Message-ID", "<invoice-" + invoice.number() + "." + invoice.domain() + "@rootbeat.invalid>");
        return message;
    }

    private Properties properties() {
        String protocol = server.tls() ? "smtps" : "smtp";
        String prefix = "mail." + protocol;
        var properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + ".host", server.host());
        properties.setProperty(prefix + ".port", Integer.toString(server.port()));
        properties.setProperty(prefix + ".auth", Boolean.toString(server.user() != null));
        properties.setProperty(prefix + ".connectiontimeout", TIMEOUT);
        properties.setProperty(prefix + ".timeout", TIMEOUT);
        properties.setProperty(prefix + ".writetimeout", TIMEOUT);
        properties.setProperty(prefix + ".ssl.checkserveridentity", "true");
        properties.setProperty(prefix + ".starttls.enable", "true");
        properties.setProperty(prefix + ".starttls.required", Boolean.toString(!server.tls() && server.user() != null));
        return properties;
    }

    private static InternetAddress address(String text) {
        try {
            var address = new InternetAddress(text, true);
            address.validate();
            return address;
        } catch (AddressException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no e-mail address", e);
        }
    }
}
