import Diagnostics
import Documents
import Foundation
import TestSupport
import Testing

/// Updates of fields that are fixed, as the webhook judges them: with the rules of `check --previous`.
@Suite struct ChangeTests {
    private func request(_ before: Value, _ after: Value, subresource: String = "") -> String {
        """
        {"uid": "1", "operation": "UPDATE", "subResource": "\(subresource)", "userInfo": {"username": "u"},
         "object": \(JSONWriter.string(after)), "oldObject": \(JSONWriter.string(before))}
        """
    }

    private func isRefused(_ response: ReviewedResponse) -> Bool {
        response.isAllowed == false && response.message.contains("[LT-SCH-011]")
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func labelledChanges() throws {
        let file = ConformanceData.url(of: "kubernetes/mutations/changes.json")
        let cases = try JSONReader.read(
            SourceFile(path: "changes.json", bytes: ConformanceData.bytes(of: file)), keepsPositions: false)
        let served = try ServedPolicies(builtin: true, profiles: ["baseline"])
        for entry in cases.root.elements {
            let response = try served.review(request(entry.field("before"), entry.field("after")))
            let name = entry.field("name").string
            #expect(
                response.message.contains("[LT-SCH-011]") == entry.field("expect").field("refused").isTrue,
                "\(name): \(response.message)")
        }
    }

    private static let old =
        #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"w","namespace":"n"},"spec":\#(spec("a"))}"#

    private static func spec(_ app: String) -> String {
        #"{"selector":{"matchLabels":{"app":"\#(app)"}},"template":{"metadata":{"labels":{"app":"\#(app)"}},"spec":{"containers":[{"name":"a","image":"x:1"}]}}}"#
    }

    private func change(_ operation: String = "UPDATE", subresource: String = "") -> String {
        let new = Self.old.replacingOccurrences(of: Self.spec("a"), with: Self.spec("b"))
        return """
            {"uid": "1", "operation": "\(operation)", "subResource": "\(subresource)", "userInfo": {"username": "u"},
             "object": \(new), "oldObject": \(operation == "UPDATE" ? Self.old : "null")}
            """
    }

    /// Every profile has the check, also those that a request names; what goes to a part of the object has rules of its own.
    @Test func whereItIsJudged() throws {
        let served = try ServedPolicies(builtin: true, profiles: ["baseline"])
        let refused = try served.review(change())
        #expect(isRefused(refused) && refused.message.contains("spec.selector cannot be changed"), "\(refused.message)")
        #expect(isRefused(try served.review(change(), to: "/v1/admit/restricted")))
        #expect(try served.review(change("CREATE")).isAllowed == true)
        #expect(try !isRefused(served.review(change(subresource: "status"))))
        let own = try ServedPolicies(["p.rego": "package p\n\ndeny contains \"no\" if input.kind == \"Pod\"\n"])
        #expect(try own.review(change()).isAllowed == true)
    }

    /// What controllers do once to objects that the server has stored.
    @Test(arguments: [
        (#""volumeName":"""#, #""volumeName":"pv-1""#, true), (#""volumeName":"pv-1""#, #""volumeName":"pv-2""#, false),
        (#""accessModes":["ReadWriteOnce"]"#, #""accessModes":["ReadWriteOnce"],"storageClassName":"fast""#, true),
        (#""storageClassName":"slow""#, #""storageClassName":"fast""#, false),
    ])
    func boundClaims(before: String, after: String, isAllowed: Bool) throws {
        let served = try ServedPolicies(builtin: true, profiles: ["baseline"])
        func claim(_ spec: String) -> String {
            #"{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"c","namespace":"n","uid":"u"},"spec":{\#(spec)},"status":{"phase":"Pending"}}"#
        }
        let response = try served.review(
            #"{"uid":"1","operation":"UPDATE","userInfo":{"username":"u"},"object":\#(claim(after)),"oldObject":\#(claim(before))}"#
        )
        #expect(isRefused(response) == !isAllowed, "\(response.message)")
    }
}
