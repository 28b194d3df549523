import Catalogue
import Foundation
import NIOHTTP1
import RegoRuntime
import Testing
@testable import Webhook

/// Reviews in, reviews out, without sockets.
struct AdmissionControllerTests {
    static let conftest = """
        package main

        deny contains msg if {
            input.kind == "Pod"
            some c in input.spec.containers
            c.securityContext.privileged
            msg := sprintf("container %q is privileged", [c.name])
        }

        warn contains msg if {
            input.kind == "Pod"
            not input.metadata.labels.team
            msg := "no team label"
        }
        """
    static let review = """
        package webhook

        deny contains msg if {
            input.request.operation == "DELETE"
            input.request.oldObject.metadata.labels.keep == "yes"
            msg := sprintf("%s must be kept, %s", [input.request.name, input.request.userInfo.username])
        }

        deny contains msg if {
            input.request.operation == "CONNECT"
            input.request.subResource in {"exec", "attach", "portforward"}
            not "sre" in input.request.userInfo.groups
            msg := sprintf("no %s into %s", [input.request.subResource, input.request.name])
        }

        deny contains "the image may not change" if {
            input.request.operation == "UPDATE"
            input.request.object.spec.containers[i].image != input.request.oldObject.spec.containers[i].image
        }

        deny contains "not in a frozen namespace" if {
            input.request.namespaceObject.metadata.labels.frozen == "true"
        }

        deny contains "replicas are limited" if {
            input.request.subResource == "scale"
            input.request.object.spec.replicas > 10
        }

        deny contains "not as a dry run" if input.request.dryRun
        """

    static func pod(_ name: String = "web", privileged: Bool = false, image: String = "nginx:1", more: String = "") -> String {
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)","namespace":"shop"\(more)},
         "spec":{"containers":[{"name":"app","image":"\(image)","securityContext":{"privileged":\(privileged)}}]}}
        """
    }

    static func request(
        _ operation: String, kind: String = #"{"group":"","version":"v1","kind":"Pod"}"#, subresource: String = "",
        object: String = "null", oldObject: String = "null", more: String = ""
    ) -> String {
        """
        {"uid":"u-1","kind":\(kind),"resource":{"group":"","version":"v1","resource":"pods"},"subResource":"\(subresource)",
         "name":"web","namespace":"shop","operation":"\(operation)","userInfo":{"username":"ann","groups":["dev"]},
         "object":\(object),"oldObject":\(oldObject),"dryRun":false\(more)}
        """
    }

    struct Case: Sendable {
        var name: String
        var request: String
        var lines: [String]
        var warnings: [String] = []
    }

    static let scale = #"{"group":"autoscaling","version":"v1","kind":"Scale"}"#
    static let execKind = #"{"group":"","version":"v1","kind":"PodExecOptions"}"#
    static let noTeam = "[main.warn] no team label"
    static let privileged = #"[main.deny] container "app" is privileged"#

    static let cases: [Case] = [
        Case(name: "create", request: request("CREATE", object: pod()), lines: [], warnings: [noTeam]),
        Case(
            name: "create privileged", request: request("CREATE", object: pod(privileged: true)), lines: [privileged],
            warnings: [noTeam]),
        Case(
            name: "generateName",
            request: request("CREATE", object: pod(more: #","generateName":"web-","labels":{"team":"a"}"#)), lines: []),
        Case(
            name: "update", request: request("UPDATE", object: pod(image: "nginx:2"), oldObject: pod()),
            lines: ["[webhook.deny] the image may not change"], warnings: [noTeam]),
        Case(
            name: "delete", request: request("DELETE", oldObject: pod(privileged: true, more: #","labels":{"keep":"yes"}"#)),
            lines: ["[webhook.deny] web must be kept, ann"]),
        Case(name: "delete without object", request: request("DELETE"), lines: []),
        Case(
            name: "exec",
            request: request(
                "CONNECT", kind: execKind, subresource: "exec",
                object: #"{"apiVersion":"v1","kind":"PodExecOptions","stdin":true,"command":["sh"]}"#),
            lines: ["[webhook.deny] no exec into web"]),
        Case(
            name: "portforward", request: request("CONNECT", kind: execKind, subresource: "portforward"),
            lines: ["[webhook.deny] no portforward into web"]),
        Case(
            name: "scale",
            request: request(
                "UPDATE", kind: scale, subresource: "scale",
                object: #"{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web"},"spec":{"replicas":50}}"#),
            lines: ["[webhook.deny] replicas are limited"]),
        Case(
            name: "status", request: request("UPDATE", subresource: "status", object: pod(privileged: true), oldObject: pod()),
            lines: []),
        Case(
            name: "ephemeral containers",
            request: request("UPDATE", subresource: "ephemeralcontainers", object: pod(privileged: true), oldObject: pod()),
            lines: [privileged], warnings: [noTeam]),
        Case(
            name: "removing a finalizer",
            request: request(
                "UPDATE", object: pod(privileged: true, more: #","deletionTimestamp":"2026-01-01T00:00:00Z""#),
                oldObject: pod(privileged: true, more: #","finalizers":["x"],"deletionTimestamp":"2026-01-01T00:00:00Z""#)),
            lines: []),
        Case(
            name: "changing what is being deleted",
            request: request(
                "UPDATE", object: pod(privileged: true, more: #","deletionTimestamp":"2026-01-01T00:00:00Z""#),
                oldObject: pod(more: #","deletionTimestamp":"2026-01-01T00:00:00Z""#)), lines: [privileged], warnings: [noTeam]),
        Case(
            name: "claiming to be deleted does not help",
            request: request(
                "UPDATE", object: pod(privileged: true, more: #","deletionTimestamp":"2026-01-01T00:00:00Z""#),
                oldObject: pod()), lines: [privileged], warnings: [noTeam]),
        Case(
            name: "namespace labels",
            request: request(
                "CREATE", object: pod(more: #","labels":{"team":"a"}"#),
                more: #","namespaceObject":{"metadata":{"labels":{"frozen":"true"}}}"#),
            lines: ["[webhook.deny] not in a frozen namespace"]),
        Case(
            name: "unknown fields",
            request: request("CREATE", object: pod(more: #","labels":{"team":"a"}"#), more: #","later":{"a":[1,{}]}"#), lines: []),
        Case(
            name: "kind only in the request",
            request: request(
                "CREATE",
                object:
                    #"{"metadata":{"labels":{"team":"a"}},"spec":{"containers":[{"name":"app","securityContext":{"privileged":true}}]}}"#
            ),
            lines: [privileged]),
    ]

    @Test(arguments: cases, ["v1", "v1beta1"])
    func verdicts(_ example: Case, _ version: String) throws {
        let served = try ServedPolicies(["main.rego": Self.conftest, "webhook.rego": Self.review])
        let answer = try served.review(example.request, version: version)
        #expect(answer.json["apiVersion"] as? String == "admission.k8s.io/\(version)")
        #expect(answer.json["kind"] as? String == "AdmissionReview")
        #expect(answer.response["uid"] as? String == "u-1")
        #expect(answer.message.split(separator: "\n").map(String.init) == example.lines, "\(example.name)")
        #expect(answer.isAllowed == example.lines.isEmpty)
        #expect(answer.warnings == example.warnings)
        if !example.lines.isEmpty {
            #expect(answer.status["code"] as? Int == 403)
            #expect(answer.status["reason"] as? String == "Forbidden")
            #expect(answer.status["status"] as? String == "Failure")
        } else {
            #expect(answer.response["status"] == nil)
        }
    }

    @Test func dryRun() throws {
        let served = try ServedPolicies(["webhook.rego": Self.review])
        let request = Self.request("CREATE", object: Self.pod()).replacing(#""dryRun":false"#, with: #""dryRun":true"#)
        #expect(try served.review(request).message == "[webhook.deny] not as a dry run")
        #expect(served.metrics.registry.text().contains(#"verdict="deny",dry_run="true"} 1"#))
    }

    // MARK: Settings

    @Test(arguments: [
        ("deny", false, "", ["main.deny"]), ("warn", true, #"[main.deny] container "app" is privileged"#, []),
        ("dryrun", true, #"[main.deny] dry run: container "app" is privileged"#, []),
    ])
    func enforcement(_ action: String, _ isAllowed: Bool, _ warning: String, _ denying: [String]) throws {
        let configuration = "admission: {policies: {main.deny: {enforcement: \(action)}}}"
        let served = try ServedPolicies(["main.rego": Self.conftest], configuration: configuration)
        let answer = try served.review(
            Self.request("CREATE", object: Self.pod(privileged: true, more: #","labels":{"team":"a"}"#)))
        #expect(answer.isAllowed == isAllowed)
        #expect(answer.warnings == (warning.isEmpty ? [] : [warning]))
        #expect(answer.annotations["denied-by"] == (denying.isEmpty ? nil : denying.joined()))
        #expect(
            served.metrics.registry.text().contains(
                #"lintel_violations{policy="main.deny",enforcement_action="\#(action)"} 1"#))
    }

    @Test(arguments: [("never", true), ("warning", false)])
    func threshold(_ failOn: String, _ isAllowed: Bool) throws {
        let served = try ServedPolicies(["main.rego": Self.conftest], configuration: "failOn: \(failOn)")
        #expect(try served.review(Self.request("CREATE", object: Self.pod())).isAllowed == isAllowed)
    }

    @Test func warningsAreShortAndFew() throws {
        let module = """
            package main
            warn contains msg if { some i in numbers.range(1, 60); msg := sprintf("%02d\\n%s", [i, concat("", [c | some n in numbers.range(1, 300); c := "é"])]) }
            """
        let answer = try ServedPolicies(["main.rego": module]).review(Self.request("CREATE", object: Self.pod()))
        #expect(answer.isAllowed == true)
        #expect(answer.warnings.count < 60)
        for warning in answer.warnings {
            #expect(warning.utf8.count <= 256)
            #expect(!warning.contains("\n"))
        }
        #expect(answer.warnings.map(\.utf8.count).reduce(0, +) <= 4096)
        #expect(answer.warnings.last?.hasPrefix("and ") == true)
    }

    // MARK: Failures

    static let broken = """
        package main
        deny contains "x" if { conflicting(input.metadata.name) == 1 }
        conflicting(name) := 1 if startswith(name, "w")
        conflicting(name) := 2 if endswith(name, "b")
        """

    @Test(
        arguments: [
            ("", nil, false), ("", .allow, true), ("", .deny, false), ("admission: {onError: allow}", nil, true),
            ("admission: {onError: allow}", .deny, false), ("admission: {policies: {main.deny: {onError: allow}}}", .deny, true),
            ("admission: {onError: allow, policies: {main.deny: {onError: deny}}}", nil, false),
        ] as [(String, ErrorMode?, Bool)])
    func failMode(_ configuration: String, _ onError: ErrorMode?, _ isAllowed: Bool) throws {
        let served = try ServedPolicies(["main.rego": Self.broken], configuration: configuration, onError: onError)
        let answer = try served.review(Self.request("CREATE", object: Self.pod()))
        #expect(answer.isAllowed == isAllowed)
        let text = isAllowed ? answer.warnings.joined() : answer.message
        #expect(text.hasPrefix("[main.deny] could not be evaluated: "))
        if !isAllowed { #expect(answer.status["code"] as? Int == 500) }
        #expect(served.metrics.registry.text().contains("lintel_policy_errors_total 1"))
        // Another object does not bring the policy into trouble.
        #expect(try served.review(Self.request("CREATE", object: Self.pod("a"))).isAllowed == true)
    }

    static let endless = """
        package main
        deny contains "x" if {
            input.metadata.labels.hostile
            some a in numbers.range(1, 100000)
            some b in numbers.range(1, 100000)
            a * b < 0
        }
        deny_other contains "other" if input.metadata.labels.hostile
        """

    /// An object that is too dear for the quick lane is judged in the patient one, within the deadline, and does not
    /// keep other policies from judging it.
    @Test func hostileObject() throws {
        var served = try ServedPolicies(["main.rego": Self.endless])
        served.limits.quickTime = 5_000_000
        let request = Self.request("CREATE", object: Self.pod(more: #","labels":{"hostile":"yes"}"#))
        let body = #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":\#(request)}"#
        #expect(served.post(body, lane: .quick) == nil)
        let start = MonotonicClock.now()
        var state = WorkerState()
        var patient = ServedPolicies.request(.POST, "/v1/admit", body: body)
        patient.deadline = start + 300_000_000
        let answer = try #require(served.controller.answer(patient, .patient, &state))
        #expect(MonotonicClock.now() - start < 2_000_000_000)
        let review = try ReviewedResponse(answer.body)
        #expect(review.isAllowed == false)
        #expect(review.message.contains("[main.deny] could not be evaluated: evaluation exceeded its"))
        #expect(served.metrics.registry.text().contains("lintel_budget_stops_total 1"))
    }

    // MARK: Bodies

    @Test(arguments: [
        ("", 400), ("{", 400), ("[]", 400), ("null", 400), ("{}", 400), (#"{"kind":"Pod","apiVersion":"v1"}"#, 400),
        (#"{"apiVersion":"admission.k8s.io/v2","kind":"AdmissionReview","request":{"uid":"a"}}"#, 400),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}"#, 400),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":[]}"#, 400),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":7}}"#, 400),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"a"}} x"#, 400),
    ])
    func notAReview(_ body: String, _ status: Int) throws {
        let answer = try #require(try ServedPolicies(["main.rego": Self.conftest]).post(body))
        #expect(answer.status.code == status)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: String])
        #expect(json["code"] == "invalid_parameter")
        #expect(json["message"]?.isEmpty == false)
    }

    /// A review that cannot be judged is refused in a review: the API server shows the message to the user.
    @Test(arguments: [
        #"{"uid":"a","operation":"PATCH","kind":{"kind":"Pod"},"object":{}}"#, #"{"uid":"a"}"#,
        #"{"uid":"a","operation":"CREATE","kind":{"kind":"Pod"},"object":null}"#,
        #"{"uid":"a","operation":"CREATE","kind":{"kind":"Pod"},"object":[]}"#,
        #"{"uid":"a","operation":"CREATE","object":{"spec":{}}}"#,
        #"{"uid":"a","operation":"DELETE","kind":{"kind":"Pod"},"oldObject":"x"}"#,
    ])
    func malformedRequest(_ request: String) throws {
        let answer = try ServedPolicies(["main.rego": Self.conftest]).review(request)
        #expect(answer.isAllowed == false)
        #expect(answer.status["code"] as? Int == 422)
        #expect(answer.response["uid"] as? String == "a")
    }

    @Test func deepNesting() throws {
        let served = try ServedPolicies(["main.rego": Self.conftest])
        let nested = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let body = #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"a","x":\#(nested)}}"#
        #expect(served.post(body)?.status == .badRequest)
    }

    // MARK: Profiles

    @Test func profiles() throws {
        let served = try ServedPolicies(builtin: true)
        let request = Self.request("CREATE", object: Self.pod(privileged: true))
        let baseline = try served.review(request, to: "/v1/admit/baseline")
        #expect(baseline.message.contains("[LT-POD-001]"))
        #expect(!baseline.message.contains("[LT-RES-"))
        // The default profile says once what the single policies say apart.
        let standard = try served.review(request).message
        #expect(standard.contains("[LT-RES-011]"))
        #expect(!standard.contains("[LT-RES-001]"))
        let all = try served.review(request, to: "/v1/admit/all").message
        #expect(all.contains("[LT-RES-001]"))
        #expect(!all.contains("[LT-RES-011]"))
        #expect(served.post("{}", to: "/v1/admit/none")?.status == .notFound)
    }

    @Test func beforeTheFirstPolicies() throws {
        var state = WorkerState()
        let metrics = ServeMetrics(MetricsRegistry())
        let controller = AdmissionController(holder: PolicyHolder(), metrics: metrics, logger: ServedPolicies.logger)
        let answer = controller.answer(ServedPolicies.request(.POST, "/v1/admit", body: "{}"), .quick, &state)
        #expect(answer?.status == .serviceUnavailable)
    }
}
