package dev.rootbeat.server.api;

import dev.rootbeat.server.model.AuditRecord;
import dev.rootbeat.server.model.Domain;
import dev.rootbeat.server.store.AuditView;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows a domain what was called in its name. */
final class AuditCalls {

    private final Services services;

    AuditCalls(Services services) {
        this.services = services;
    }

    Map<String, Api.Call> calls() {
        return Map.of("/v1/audit/list", this::list);
    }

    private ApiAnswer list(Domain caller, JsonNode body) {
        Page page = Page.of(body);
        return page.answer(
                "Calls",
                services.store().read(view -> view.audit().list(caller.id(), page.after(Long::valueOf), page.wanted())),
                AuditCalls::show,
                entry -> Long.toString(entry.number()));
    }

    private static ObjectNode show(AuditView.Entry entry) {
        AuditRecord record = entry.record();
        ObjectNode shown = Json.object()
                .put("APIKey", record.apiKey())
                .put("At", record.at().toString())
                .put("Call", record.call())
                .put("Outcome", record.outcome());
        if (record.requestId() != null) {
            shown.put("RequestID", record.requestId());
        }
        if (record.address() != null) {
            shown.put("Address", record.address());
        }
        return shown;
    }
}
