import Foundation
import Testing

/// Every form of policy × every surface: the same verdict, through the public entry points.
@Suite(.serialized) struct SurfaceTests {
    private let folder: TemporaryFolder
    private let bad = PolicyForms.pod("bad", privileged: true), good = PolicyForms.pod("good", privileged: false)

    init() throws {
        folder = try TemporaryFolder()
        for form in PolicyForms.all { for (name, text) in form.files { try folder.write(text, to: "policy/\(name)") } }
        try folder.write(bad, to: "bad.yaml")
        try folder.write(good, to: "good.yaml")
    }

    /// One message from each form, of those that a surface showed.
    private func expectOneOfEach(_ messages: [String], _ what: String, _ surface: String) {
        let expected = PolicyForms.all.map { "\($0.name): \(what)" }.sorted()
        #expect(messages.sorted() == expected, "\(surface)")
    }

    private func findings(_ run: LintelRun) throws -> [(object: String, message: String)] {
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.errors)")
        return try #require(report["findings"] as? [[String: Any]]).map { finding in
            ((finding["resource"] as? [String: Any])?["name"] as? String ?? "", finding["message"] as? String ?? "")
        }
    }

    @Test func check() throws {
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "policy", "--format", "json", "bad.yaml", "good.yaml"], in: folder.url)
        let findings = try findings(run)
        #expect(run.code == 1)
        expectOneOfEach(findings.filter { $0.object == "bad" }.map(\.message), "c is privileged", "check")
        #expect(findings.allSatisfy { $0.object == "bad" })
    }

    /// One file is judged in another way than many.
    @Test func checkOfManyFiles() throws {
        for number in 0..<20 { try folder.write(number == 7 ? bad : good, to: "many/\(number).yaml") }
        let run = try LintelRun(["check", "--no-builtin", "--policy", "policy", "--format", "json", "many"], in: folder.url)
        expectOneOfEach(try findings(run).map(\.message), "c is privileged", "check of many files")
    }

    /// Violations stand at the field, whatever the way to it.
    @Test func places() throws {
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "policy", "--format", "json", "bad.yaml"], in: folder.url)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let paths = try #require(report["findings"] as? [[String: Any]]).map { $0["pointer"] as? String ?? "" }
        #expect(Set(paths) == ["/spec/containers/0/securityContext/privileged"])
    }

    /// A policy that takes a list of files sees all of them at once.
    @Test func listOfFiles() throws {
        try folder.write(
            """
            package twins

            deny contains msg if {
                some i, j
                i != j
                input[i].contents.metadata.name == input[j].contents.metadata.name
                msg := sprintf("%s and %s", [input[i].path, input[j].path])
            }
            """, to: "twins/twins.rego")
        try folder.write(good, to: "twin.yaml")
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "twins", "--format", "json", "bad.yaml", "good.yaml", "twin.yaml"], in: folder.url)
        #expect(try findings(run).map(\.message).sorted() == ["good.yaml and twin.yaml", "twin.yaml and good.yaml"])
    }

    @Test func auditLog() throws {
        let log = [PolicyForms.event("a", user: "mallory"), PolicyForms.event("b", user: "jane")].joined(separator: "\n")
        let run = try LintelRun(
            ["audit-log", "--no-builtin", "--policy", "policy", "--format", "json"], in: folder.url, input: log)
        let findings = try findings(run)
        expectOneOfEach(findings.filter { $0.object == "a" }.map(\.message), "mallory", "audit-log")
        #expect(findings.allSatisfy { $0.object == "a" })
    }

    @Test func serve() throws {
        let server = try RunningProgram(
            ["serve", "--listen", "127.0.0.1:PORT", "--insecure-http", "--no-builtin", "--policy", "policy"], in: folder,
            ready: "/readyz")
        for (object, isAllowed) in [(bad, false), (good, true)] {
            let reply = try server.post("/v1/admit", PolicyForms.review(object))
            let response = try #require(reply["response"] as? [String: Any])
            #expect(response["allowed"] as? Bool == isAllowed)
            let message = (response["status"] as? [String: Any])?["message"] as? String ?? ""
            let lines = message.split(separator: "\n").map { String($0.drop { $0 != " " }.dropFirst()) }
            if isAllowed { #expect(lines.isEmpty) } else { expectOneOfEach(lines, "c is privileged", "serve") }
        }
    }

    @Test func playground() throws {
        let server = try RunningProgram(["playground", "--listen", "127.0.0.1:PORT"], in: folder, ready: "/")
        func files(_ files: [(String, String)]) -> [[String: String]] { files.map { ["path": $0.0, "text": $0.1] } }
        let body: [String: Any] = [
            "policies": files(PolicyForms.all.flatMap { $0.files.sorted { $0.key < $1.key } }),
            "inputs": files([("bad.yaml", bad), ("good.yaml", good)]),
        ]
        let text = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        let reply = try server.post("/api/evaluate", text)
        let violations = try #require(reply["violations"] as? [[String: Any]])
        expectOneOfEach(violations.map { $0["message"] as? String ?? "" }, "c is privileged", "playground")
        #expect(violations.allSatisfy { $0["resource"] as? Int == 0 })
        #expect(Set(violations.map { $0["pointer"] as? String }) == ["/spec/containers/0/securityContext/privileged"])
        let admission = try #require(reply["admission"] as? [[String: Any]])
        #expect(admission.map { $0["allowed"] as? Bool } == [false, true])
    }
}
