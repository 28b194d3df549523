import Catalogue
import Foundation
import Testing
@testable import Webhook

/// Updates are refused for what they add.
struct UpdateTests {
    private static let library = Result { try ServedPolicies(builtin: true, profiles: ["recommended"]) }

    private func served() throws -> ServedPolicies { try Self.library.get() }

    @Test(arguments: ControllerUpdate.all + ControllerUpdate.unjudged)
    func controllersGoOn(update: ControllerUpdate) throws {
        let answer = try served().review(try update.request())
        #expect(answer.isAllowed == true, "\(answer.message)")
        if update.additions.isEmpty { return }
        #expect(answer.annotations["grandfathered"] != nil)
        #expect(answer.warnings.contains { $0.contains("was there before: ") })
    }

    @Test(arguments: ControllerUpdate.all)
    func additionsAreRefused(update: ControllerUpdate) throws {
        for addition in update.additions {
            let answer = try served().review(try update.request(adding: addition))
            #expect(answer.isAllowed == false, "\(update.name): \(addition)")
        }
    }

    @Test(arguments: ControllerUpdate.all)
    func allViolationsWhenAsked(update: ControllerUpdate) throws {
        let served = try ServedPolicies(configuration: "admission: {updates: all}\n", builtin: true)
        #expect(try served.review(try update.request()).isAllowed == false)
    }

    @Test func changedSpecification() throws {
        let served = try ServedPolicies(configuration: "admission: {updates: changed-spec}\n", builtin: true)
        for update in ControllerUpdate.all {
            let ofMetadata = !update.change.contains("\"spec\"")
            #expect(try served.review(try update.request()).isAllowed == ofMetadata, "\(update.name)")
        }
    }

    @Test func aPolicyOfItsOwnMode() throws {
        let served = try ServedPolicies(
            configuration: "admission: {policies: {LT-POD-001: {updates: all}}}\n", builtin: true)
        let answer = try served.review(try ControllerUpdate.all[0].request())
        #expect(answer.isAllowed == false)
        #expect(answer.annotations["denied-by"] == "LT-POD-001")
        #expect(answer.annotations["grandfathered"]?.contains("LT-POD-013") == true)
    }

    // MARK: Policies of users

    private static func update(_ policy: String, old: String, new: String, dryRun: Bool = false) throws -> ReviewedResponse {
        let served = try ServedPolicies(["policy.rego": policy])
        return try served.review(
            AdmissionControllerTests.request("UPDATE", object: new, oldObject: old))
    }

    private static func pod(_ names: [String], privileged: Set<String>, labels: String = "{}") -> String {
        let containers = names.map { name in
            #"{"name":"\#(name)","image":"i","securityContext":{"privileged":\#(privileged.contains(name))}}"#
        }
        return """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","labels":\(labels)},
             "spec":{"containers":[\(containers.joined(separator: ","))]}}
            """
    }

    struct Case: Sendable, CustomStringConvertible {
        var name: String
        var policy: String
        var old: String
        var new: String
        var isAllowed: Bool
        var description: String { name }
    }

    /// A policy whose words are the same for every container.
    private static let wordless = """
        package main
        deny contains "a container is privileged" if {
            some c in input.spec.containers
            c.securityContext.privileged
        }
        """
    private static let request = """
        package main
        deny contains msg if {
            input.request.operation in ["CREATE", "UPDATE"]
            some c in input.request.object.spec.containers
            c.securityContext.privileged
            msg := sprintf("container %q is privileged", [c.name])
        }
        """
    private static let gatekeeper = """
        package k8sprivileged
        violation contains {"msg": msg} if {
            some c in input.review.object.spec.containers
            c.securityContext.privileged
            msg := sprintf("container %q is privileged", [c.name])
        }
        """
    private static func onRequest(_ condition: String) -> String {
        "package main\ndeny contains \"no\" if {\n    \(condition)\n}\n"
    }

    static let cases: [Case] = [
        Case(
            name: "the same", policy: wordless, old: pod(["a", "b"], privileged: ["a"]), new: pod(["a", "b"], privileged: ["a"]),
            isAllowed: true),
        Case(
            name: "another order", policy: wordless, old: pod(["a", "b"], privileged: ["a"]),
            new: pod(["b", "a"], privileged: ["a"]), isAllowed: true),
        Case(
            name: "one more container in the same words", policy: wordless, old: pod(["a", "b"], privileged: ["a"]),
            new: pod(["a", "b"], privileged: ["a", "b"]), isAllowed: false),
        Case(
            name: "another container in the same words", policy: wordless, old: pod(["a", "b"], privileged: ["a"]),
            new: pod(["a", "b"], privileged: ["b"]), isAllowed: false),
        Case(
            name: "a review, the same", policy: request, old: pod(["a", "b"], privileged: ["a"]),
            new: pod(["b", "a"], privileged: ["a"]), isAllowed: true),
        Case(
            name: "a review, one more", policy: request, old: pod(["a", "b"], privileged: ["a"]),
            new: pod(["b", "a"], privileged: ["a", "b"]), isAllowed: false),
        Case(
            name: "Gatekeeper's, the same", policy: gatekeeper, old: pod(["a"], privileged: ["a"]),
            new: pod(["a"], privileged: ["a"], labels: #"{"x":"y"}"#), isAllowed: true),
        Case(
            name: "Gatekeeper's, another", policy: gatekeeper, old: pod(["a"], privileged: ["a"]),
            new: pod(["b"], privileged: ["b"]), isAllowed: false),
        Case(
            name: "who asks", policy: onRequest(#"input.request.object.kind; not "sre" in input.request.userInfo.groups"#),
            old: pod(["a"], privileged: []), new: pod(["a"], privileged: []), isAllowed: false),
        Case(
            name: "a helper looks at who asks",
            policy: """
                package main
                trusted if "sre" in input.request.userInfo.groups
                deny contains "no" if {
                    input.request.object.metadata.namespace == "shop"
                    not trusted
                }
                """, old: pod(["a"], privileged: []), new: pod(["a"], privileged: []), isAllowed: false),
        Case(
            name: "no updates of what is locked",
            policy: onRequest(
                #"input.request.operation == "UPDATE"; input.request.object.metadata.labels.lock == "yes""#),
            old: pod(["a"], privileged: [], labels: #"{"lock":"yes"}"#),
            new: pod(["a"], privileged: [], labels: #"{"lock":"yes"}"#), isAllowed: false),
        Case(
            name: "a change", policy: onRequest("input.request.object.spec != input.request.oldObject.spec"),
            old: pod(["a"], privileged: []), new: pod(["b"], privileged: []), isAllowed: false),
        Case(
            name: "nothing of the object", policy: onRequest(#"input.request.operation == "UPDATE""#),
            old: pod(["a"], privileged: []), new: pod(["b"], privileged: []), isAllowed: false),
    ]

    @Test(arguments: cases)
    func policiesOfUsers(test: Case) throws {
        let answer = try Self.update(test.policy, old: test.old, new: test.new)
        #expect(answer.isAllowed == test.isAllowed, "\(answer.message)")
    }
}
