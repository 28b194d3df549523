import Documents
import Foundation
import HTTPTypes
import Inputs
@testable import Playground
import Rego
import Testing
import Text

/// A folder of its own that is removed at the end.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("playground-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws { try FileSystem.write(Array(text.utf8), to: "\(path)/\(name)") }
    func read(_ name: String) -> String? { try? String(decoding: FileSystem.read("\(path)/\(name)"), as: UTF8.self) }
}

@Suite struct WorkspaceTests {
    private func put(_ client: Client, _ json: JSON) async throws -> Reply {
        try await client.send(.put, "/api/workspace", json.bytes, headers: [.contentType: "application/json"])
    }

    @Test func savesAndOpensAgain() async throws {
        let scratch = try Scratch()
        let client = try Client { $0.workspace = scratch.path }
        let files = body(
            policies: ["a/main.rego": "package main\n"], inputs: ["pod.yaml": "kind: Pod\n"], data: ["data.yaml": "a: 1\n"],
            parameters: "x: 1\n")
        let saved = try await put(client, files)
        #expect(saved.status == 200, "\(saved.text)")
        #expect(scratch.read("policies/a/main.rego") == "package main\n")
        #expect(scratch.read("parameters.yaml") == "x: 1\n")
        let opened = try await client.get("/api/workspace")
        #expect(opened.json.at("workspace.policies.0.path").stringValue == "a/main.rego")
        #expect(opened.json.at("workspace.parameters").stringValue == "x: 1\n")
        #expect(opened.json.at("writable").isTrue)
        #expect(opened.json.at("revision") == saved.json.at("revision"))
        // What is left out of the next save is removed; files that are no part of a workspace stay.
        try scratch.write("mine", to: "notes.txt")
        let second = try await put(client, body(policies: ["b.rego": "package b\n"]))
        #expect(second.json.at("removed").items.count == 4)
        #expect(scratch.read("policies/a/main.rego") == nil && scratch.read("notes.txt") == "mine")
    }

    @Test func changesBySomebodyElseAreNotOverwritten() async throws {
        let scratch = try Scratch()
        try scratch.write("package main\n", to: "policies/main.rego")
        let client = try Client { $0.workspace = scratch.path }
        let first = try await client.get("/api/workspace")
        let revision = first.json.at("revision").stringValue ?? ""
        try scratch.write("package other\n", to: "policies/main.rego")
        let mine = body(policies: ["main.rego": "package mine\n"], [("revision", .string(revision))])
        let refused = try await put(client, mine)
        #expect(refused.status == 409 && refused.error == "conflict")
        #expect(scratch.read("policies/main.rego") == "package other\n")
    }

    @Test func readOnlyRefusesToSave() async throws {
        let scratch = try Scratch()
        let client = try Client {
            $0.workspace = scratch.path
            $0.isReadOnly = true
        }
        let reply = try await put(client, body(policies: ["main.rego": "package main\n"]))
        #expect(reply.status == 403 && reply.error == "read_only")
        #expect(scratch.read("policies/main.rego") == nil)
        let without = try await put(try Client(), body(policies: ["main.rego": "package main\n"]))
        #expect(without.status == 403)
        #expect(try await Client().get("/api/workspace").error == "no_workspace")
    }

    @Test(arguments: [
        "../evil.rego", "/tmp/evil.rego", "a/../../evil.rego", "a//b.rego", "./a.rego", ".hidden.rego", "a/.git/b.rego",
        "evil.sh", "evil", "a\\..\\b.rego", "C:evil.rego", "a\u{0}.rego", "..", "", String(repeating: "a", count: 300) + ".rego",
        String(repeating: "a/", count: 40) + "b.rego",
    ])
    func pathsCannotEscape(path: String) async throws {
        let scratch = try Scratch()
        let client = try Client { $0.workspace = scratch.path + "/inner" }
        let reply = try await put(client, body(policies: [path: "package evil\n"]))
        #expect(reply.status == 400 && reply.error == "bad_request", "\(path): \(reply.status)")
        #expect(!reply.text.contains("\u{0}"))
        let evaluated = try await client.post("/api/evaluate", body(policies: [path: "package evil\n"]))
        #expect(evaluated.status == 400)
    }

    @Test func linksAreNotFollowed() async throws {
        let scratch = try Scratch()
        try scratch.write("package secret\n", to: "outside/secret.rego")
        try scratch.write("", to: "inner/policies/x.rego")
        let inner = scratch.path + "/inner"
        try FileManager.default.createSymbolicLink(
            atPath: inner + "/policies/link", withDestinationPath: scratch.path + "/outside")
        try FileManager.default.createSymbolicLink(
            atPath: inner + "/policies/file.rego", withDestinationPath: scratch.path + "/outside/secret.rego")
        let client = try Client { $0.workspace = inner }
        let opened = try await client.get("/api/workspace")
        #expect(!opened.text.contains("package secret"))
        #expect(opened.json.at("ignored").items.count == 2)
        let through = try await put(client, body(policies: ["link/new.rego": "package new\n"]))
        #expect(through.status == 403 && through.error == "cannot_save", "\(through.text)")
        #expect(scratch.read("outside/new.rego") == nil)
        // A link in place of a file is replaced, not written through.
        let over = try await put(client, body(policies: ["file.rego": "package mine\n"]))
        #expect(over.status == 200, "\(over.text)")
        #expect(scratch.read("outside/secret.rego") == "package secret\n")
        #expect(scratch.read("inner/policies/file.rego") == "package mine\n")
    }

    @Test func policiesOfTheCommandLineAreTheStart() async throws {
        let scratch = try Scratch()
        try scratch.write("package app\n", to: "app/main.rego")
        try scratch.write("package app_test\n", to: "app/main_test.rego")
        try scratch.write("limit: 3\n", to: "team/data.yaml")
        try scratch.write("apiVersion: v1\nkind: Pod\n", to: "app/pod.yaml")
        try scratch.write("other: 1\n", to: "app/values.yaml")
        let reply = try await Client { $0.policies = [scratch.path] }.get("/api/workspace")
        let opened = reply.json
        #expect(opened.at("workspace.policies.0.path").stringValue == "app/main.rego")
        #expect(opened.at("workspace.tests.0.path").stringValue == "app/main_test.rego")
        #expect(opened.at("workspace.data.0.path").stringValue == "team/data.yaml")
        #expect(opened.at("workspace.inputs.0.path").stringValue == "app/pod.yaml")
        #expect(opened.at("ignored.0.path").stringValue == "app/values.yaml")
        #expect(opened.at("writable").isFalse)
        withExtendedLifetime(reply) {}
    }

    // MARK: Bundles

    @Test func bundleRoundTrip() async throws {
        let client = try Client()
        let long = String(repeating: "folder/", count: 10) + String(repeating: "n", count: 90) + ".rego"
        let files = body(
            policies: ["main.rego": "package main\n", long: "package long # 🦊\n"], inputs: ["in/pod.yaml": "kind: Pod\n"],
            tests: ["main_test.rego": "package main_test\n"], data: ["team/data.yaml": "a: 1\n"], parameters: "p: 1\n")
        let packed = try await client.post("/api/bundle", files)
        #expect(packed.status == 200, "\(packed.text)")
        #expect(packed.headers[.contentType] == "application/gzip")
        #expect(packed.headers[.contentDisposition] == "attachment; filename=\"workspace.tar.gz\"")
        let opened = try await open(client, packed.bytes)
        #expect(opened.status == 200, "\(opened.text)")
        let sent = try JSONReaderBox(files)
        for pane in ["policies", "tests", "inputs", "data"] {
            #expect(opened.json.at("workspace.\(pane)") == sent.root.at(pane), "\(pane)")
        }
        #expect(opened.json.at("workspace.parameters").stringValue == "p: 1\n")
        #expect(opened.json.at("ignored").count == 0)
        #expect(try Self.listed(packed.bytes).contains("policies/main.rego"))
    }

    /// The names that the system's tar finds in an archive.
    private static func listed(_ bytes: [UInt8]) throws -> String {
        let scratch = try Scratch()
        try FileSystem.write(bytes, to: scratch.path + "/a.tar.gz")
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/tar")
        process.arguments = ["-tzf", scratch.path + "/a.tar.gz"]
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private func open(_ client: Client, _ bytes: [UInt8]) async throws -> Reply {
        try await client.send(.post, "/api/bundle/open", bytes, headers: [.contentType: "application/gzip"])
    }

    @Test func otherLayoutsAreSorted() async throws {
        let entries = [
            ("./app/policy.rego", "package app\n"), ("app/policy_test.rego", "package app_test\n"), ("data.json", "{\"a\":1}"),
            ("manifests/pod.yaml", "kind: Pod\n"), (".manifest", "{}"), ("README.md", "text"),
            ("../../evil.rego", "package evil\n"),
            ("/etc/evil.rego", "package evil\n"),
        ]
        var archive = TarWriter()
        for (path, text) in entries { archive.add(path.utf8, Array(text.utf8)) }
        let opened = try await open(try Client(), Gzip.compress(archive.finished()))
        #expect(opened.json.at("workspace.policies").written == #"[{"path":"app/policy.rego","text":"package app\n"}]"#)
        #expect(opened.json.at("workspace.tests.0.path").stringValue == "app/policy_test.rego")
        #expect(opened.json.at("workspace.data.0.path").stringValue == "data.json")
        #expect(opened.json.at("workspace.inputs.0.path").stringValue == "manifests/pod.yaml")
        #expect(opened.json.at("ignored").count == 4)
    }

    @Test func damagedAndExplodingArchivesAreRefused() async throws {
        let client = try Client { $0.limits.unpacked = 1 << 20 }
        #expect(try await open(client, Array("no archive".utf8)).status == 400)
        #expect(try await open(client, []).status == 400)
        var plain = TarWriter()
        plain.add("a.rego".utf8, Array("package a\n".utf8))
        let archive = Gzip.compress(plain.finished())
        #expect(try await open(client, Array(archive.dropLast(20))).status == 400)
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 50 << 20))
        let reply = try await open(client, bomb)
        #expect(reply.status == 400)
        #expect(reply.json.at("error.message").stringValue == "The archive cannot be read: it holds more than 1 MiB.")
    }

    @Test func commandsAreQuoted() async throws {
        let reply = try await Client().post(
            "/api/command",
            body(
                policies: ["main.rego": "package main\n"], inputs: ["it's mine.yaml": "kind: Pod\n"],
                tests: ["t_test.rego": "package t\n"],
                [("query", .string("data.main.deny"))]))
        let commands = reply.json.at("commands").items.compactMap { $0.at("command").stringValue }
        #expect(
            commands == [
                "lintel check --no-builtin --policy policies inputs", "lintel test --coverage policies tests",
                "lintel fmt --write policies tests",
                #"lintel eval --data policies --input 'inputs/it'\''s mine.yaml' data.main.deny"#,
            ])
    }
}

/// A request's body as a value with its owner.
struct JSONReaderBox {
    let document: Document
    var root: Value { document.root }

    init(_ json: JSON) throws {
        document = try Document.reading(json.bytes)
    }
}
