import Documents
import Inputs

/// What one entry of a log says about enforcing policies.
struct LoggedDecision {
    /// The object's namespace; empty for objects of the cluster.
    var namespace: String
    var owner: RolloutSummary.Owner
    var user: String
    /// Ids of the policies that refused the request or would have.
    var policies: [String]
    /// Ids of policies that gave no answer.
    var failed: [String]
    /// RFC 3339.
    var time: String

    /// The names of the annotations that list policies which refuse.
    private static let refusing = ["denied-by", "would-be-denied-by"]

    /// Reads a decision log event of `lintel serve` or an event of an API server's audit log.
    /// - Returns: nil for anything else, for dry runs, and for stages at which the webhook has not answered yet.
    init?(_ event: Value) {
        if event.field("result").field("response").kind == .object {
            self.init(decision: event)
        } else if event.field("kind").stringValue == "Event",
            event.field("apiVersion").stringValue?.hasPrefix("audit.k8s.io/") == true
        {
            self.init(audit: event)
        } else {
            return nil
        }
    }

    private init?(decision event: Value) {
        let request = event.field("input").field("request")
        guard request.kind == .object, !request.field("dryRun").isTrue else { return nil }
        let annotations = event.field("result").field("response").field("auditAnnotations")
        let object = request.field("object").kind == .object ? request.field("object") : request.field("oldObject")
        namespace = request.field("namespace").stringValue ?? ""
        user = request.field("userInfo").field("username").stringValue ?? ""
        policies = Self.refusing.flatMap { Self.ids(annotations.field(named: $0)) }
        failed = Self.ids(annotations.field("failed"))
        time = event.field("timestamp").stringValue ?? ""
        owner = RolloutSummary.Owner(
            of: object, kind: request.field("kind").field("kind").stringValue ?? "",
            name: request.field("name").stringValue ?? "")
    }

    private init?(audit event: Value) {
        guard event.field("stage").stringValue == "ResponseComplete",
            event.field("requestURI").stringValue?.contains("dryRun=All") != true
        else { return nil }
        let annotations = event.field("annotations"), reference = event.field("objectRef")
        namespace = reference.field("namespace").stringValue ?? ""
        user = event.field("user").field("username").stringValue ?? ""
        (policies, failed) = ([], [])
        time = event.field("requestReceivedTimestamp").stringValue ?? ""
        var isJudged = false
        for (key, value) in annotations.kind == .object ? Array(zip(annotations.keys, annotations.values)) : [] {
            // The API server puts the name of the webhook before the annotations of its answers.
            guard let name = key.stringValue?.split(separator: "/").last else { continue }
            if Self.refusing.contains(String(name)) { policies += Self.ids(value) }
            if name == "failed" { failed += Self.ids(value) }
            if name == "evaluated" { isJudged = true }
        }
        if !isJudged, policies.isEmpty { return nil }
        owner = RolloutSummary.Owner(
            of: event.field("requestObject"), kind: reference.field("resource").stringValue ?? "",
            name: reference.field("name").stringValue ?? "")
    }

    private static func ids(_ value: Value) -> [String] {
        (value.stringValue ?? "").split(separator: ",").map { $0.trimmingSpaces }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
