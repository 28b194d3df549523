import AsyncHTTPClient
import Catalogue
import Foundation
import Judging
import NIOHTTP1
import Testing
@testable import Webhook

/// Changed files are taken over while requests are served; broken ones are not.
@Suite(.serialized) struct ReloadTests {
    static func module(_ word: String) -> String { "package main\ndeny contains \"\(word)\" if input.kind == \"Pod\"\n" }

    static let pod = ServerTests.body(AdmissionControllerTests.request("CREATE", object: AdmissionControllerTests.pod()))

    private func reloader(_ folder: URL, _ served: ServedPolicies) -> PolicyReloader {
        let source = PolicySource(paths: [folder.path]) {
            let set = (try? PolicyLibrary.embedded()).map { PolicySet(library: $0, user: UserPolicies(reading: [folder.path])) }
            var options = AdmissionPolicies.Options()
            options.selection.usesBuiltin = false
            options.data.userData = set?.user.data ?? []
            return PolicySource.Contents(set: set, options: options, problems: set?.user.problems ?? [])
        }
        return PolicyReloader(source, holder: served.holder, metrics: served.metrics, logger: ServedPolicies.logger)
    }

    @Test func goodAndBrokenChanges() async throws {
        let served = try ServedPolicies(["a.rego": Self.module("first")])
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-reload-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("main.rego")
        func write(_ text: String) throws { try Data(text.utf8).write(to: file, options: .atomic) }
        try write(Self.module("one"))
        let reloader = reloader(folder, served)
        #expect(reloader.load().isActive)
        reloader.watch()
        defer { reloader.stop() }
        func message() throws -> String { try ReviewedResponse(try #require(served.post(Self.pod)).body).message }
        #expect(try message() == "[main.deny] one")
        try write(Self.module("two"))
        try await Task.sleep(for: .seconds(1))
        #expect(try message() == "[main.deny] two")
        #expect(served.holder.status.problem == nil)
        for broken in ["package main\ndeny contains", "package main\ndeny contains x if y", ""] {
            try write(broken)
            try await Task.sleep(for: .seconds(1))
            #expect(try message() == "[main.deny] two")
            let problem = try #require(served.holder.status.problem)
            #expect(!problem.isEmpty)
        }
        let text = served.metrics.registry.text()
        #expect(text.contains(#"lintel_reload_total{result="success",what="policies"} 2"#))
        #expect(text.contains(#"lintel_reload_total{result="error",what="policies"} 3"#))
        try write(Self.module("three"))
        try await Task.sleep(for: .seconds(1))
        #expect(try message() == "[main.deny] three")
        #expect(served.holder.status.problem == nil)
        // Data is reloaded with the policies.
        try write("package main\ndeny contains data.word if input.kind == \"Pod\"\n")
        try Data(#"{"word":"four"}"#.utf8).write(to: folder.appendingPathComponent("data.json"))
        try await Task.sleep(for: .seconds(1))
        #expect(try message() == "[main.deny] four")
    }

    @Test func verboseReadiness() async throws {
        let served = try ServedPolicies(["a.rego": Self.module("first")])
        served.holder.reject("main.rego:1:1: broken")
        try await RunningServer.run(served) { server in
            let answer = try await server.send(.GET, "/readyz?verbose")
            #expect(answer.status == .ok)
            #expect(answer.text.contains("[+]policies ok: 1 policies, revision test"))
            #expect(answer.text.contains("[!]reload failed, the last good policies are served: main.rego:1:1: broken"))
            #expect(answer.text.hasSuffix("readyz check passed\n"))
        }
    }

    /// Requests see one set or the other, whole: every answer names the same word twice.
    @Test func noRequestSeesHalfASet() async throws {
        func set(_ word: String) throws -> ActivePolicies {
            let modules = [
                "a.rego": Self.module(word), "b.rego": Self.module(word).replacing("package main", with: "package other"),
            ]
            let contents = try ServedPolicies.contents(modules, "", builtin: false, profiles: ["recommended"], onError: nil)
            let policies = try #require(contents.set)
            return try #require(ActivePolicies.make(policies, options: contents.options, revision: word).policies)
        }
        let served = try ServedPolicies(["a.rego": Self.module("start")])
        let sets = [try set("x"), try set("y")]
        served.holder.activate(sets[0])
        try await RunningServer.run(served) { server in
            let client = try RunningServer.client()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<40 {
                            let answer = try await server.send(client, .POST, "/v1/admit", body: Self.pod)
                            let words = try ReviewedResponse(answer.body).message.split(separator: "\n").map { $0.suffix(1) }
                            #expect(words == ["x", "x"] || words == ["y", "y"])
                        }
                    }
                }
                for turn in 0..<200 {
                    served.holder.activate(sets[turn % 2])
                    try await Task.sleep(for: .milliseconds(2))
                }
                try await group.waitForAll()
            }
            try await client.shutdown()
        }
    }
}
