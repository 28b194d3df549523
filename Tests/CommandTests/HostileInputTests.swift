import Foundation
import TestSupport
import Testing

/// Input that breaks other tools: a clear message, the right exit code, bounded time.
@Suite struct HostileInputTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var data: Data
        /// Parts of the message on standard error; none for input that is only skipped.
        var says: [String]
        var testDescription: String { name }
    }

    static let good = "apiVersion: v1\nkind: Pod\nmetadata: {name: good}\n"

    static let cases = [
        Case(name: "binary", data: Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) }), says: ["bad.yaml:1:1: error:"]),
        Case(name: "nesting", data: Data(String(repeating: "[", count: 100_000).utf8), says: ["bad.yaml:1:", "deep"]),
        Case(name: "block nesting", data: nestedBlocks, says: ["bad.yaml:", "deep"]),
        Case(name: "billion laughs", data: Data(laughs.utf8), says: ["bad.yaml:", "alias"]),
        Case(name: "unterminated quote", data: Data("a: \"b\nc: d\n".utf8), says: ["bad.yaml:"]),
        Case(name: "tab", data: Data("a:\n\tb: c\n".utf8), says: ["bad.yaml:2:1: error:"]),
        Case(name: "invalid UTF-8", data: Data([0x61, 0x3A, 0x20, 0xFF, 0xFE, 0x0A]), says: ["bad.yaml:1:4: error:"]),
        Case(
            name: "duplicate key", data: Data("apiVersion: v1\nkind: Pod\nkind: Node\n".utf8),
            says: ["bad.yaml:3:1: error:", "bad.yaml:2:1"]),
        Case(name: "too large", data: Data(count: 33 << 20), says: ["bad.yaml", "32 MiB"]),
    ]

    static let nestedBlocks = Data((0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined().utf8)

    static let laughs =
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + (1..<12).map { level in
            "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }.joined()

    private func run(_ folder: TemporaryFolder, _ arguments: [String] = ["."]) throws -> LintelRun {
        let policies = LintelRun.fixtures.appendingPathComponent("policies").path
        return try LintelRun(
            ["check", "--no-builtin", "--policy", policies, "--format", "compact"] + arguments, in: folder.url, timeout: 60)
    }

    /// A broken file is reported with its place and hides neither the other documents nor the other files.
    @Test(arguments: cases)
    func brokenFile(_ test: Case) throws {
        let folder = try TemporaryFolder()
        try folder.write(test.data, to: "bad.yaml")
        try folder.write(Self.good, to: "good.yaml")
        let run = try run(folder)
        #expect(run.code == 2, "\(run.errors)")
        for part in test.says { #expect(run.errors.contains(part), "\(run.errors.prefix(2000))") }
        #expect(run.output.hasPrefix("good.yaml:3:1: "))
        #expect(run.seconds < 20)
        #expect(run.errors.utf8.count < 20_000)
    }

    @Test func emptyFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "empty.yaml")
        let run = try run(folder)
        #expect(run.code == 2)
        #expect(run.errors == "error: nothing was evaluated: no Kubernetes object was found\n")
    }

    @Test func brokenDocumentBetweenGoodOnes() throws {
        let folder = try TemporaryFolder()
        try folder.write("\(Self.good)---\na: [\n---\n\(Self.good)", to: "a.yaml")
        let run = try run(folder)
        #expect(run.code == 2)
        #expect(run.output.split(separator: "\n").count == 2)
    }

    @Test func unreadableFile() throws {
        if getuid() == 0 { return }
        let folder = try TemporaryFolder()
        try folder.write(Self.good, to: "locked.yaml")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: folder.url.appendingPathComponent("locked.yaml").path)
        let run = try run(folder)
        #expect(run.code == 2)
        #expect(run.errors == "error: cannot read locked.yaml: permission denied [file_error]\n")
    }

    @Test func links() throws {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        try folder.write(Self.good, to: "real/good.yaml")
        func link(_ name: String, _ target: String) throws {
            try manager.createSymbolicLink(atPath: folder.url.appendingPathComponent(name).path, withDestinationPath: target)
        }
        try link("loop", "real/..")
        try link("real/again", "../real")
        try link("copy.yaml", "real/good.yaml")
        let fine = try run(folder)
        #expect(fine.code == 0, "\(fine.errors)")
        #expect(fine.output.split(separator: "\n").count == 1 && fine.output.hasPrefix("real/good.yaml:"))
        try link("dangling.yaml", "nowhere")
        try link("self.yaml", "self.yaml")
        let broken = try run(folder)
        #expect(broken.code == 2)
        #expect(
            broken.errors == """
                error: cannot read dangling.yaml: symbolic link to a file that does not exist [file_error]
                error: cannot read self.yaml: symbolic links form a loop [file_error]

                """)
        #expect(broken.output == fine.output)
    }

    @Test func brokenPolicy() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.good, to: "good.yaml")
        try folder.write("package main\n\ndeny contains msg if {\n\tmsg := \n}\n", to: "p/broken.rego")
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p", "good.yaml"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("p/broken.rego:"))
        #expect(run.errors.contains("[rego_parse_error]"))
    }

    @Test func endlessPolicy() throws {
        let folder = try TemporaryFolder()
        for number in 0..<20 { try folder.write(Self.good, to: "good\(number).yaml") }
        let list = (0..<100).map(String.init).joined(separator: ", ")
        try folder.write(
            """
            package main

            n := [\(list)]

            deny contains "product" if {
            \tsome a in n
            \tsome b in n
            \tsome c in n
            \tsome d in n
            \tsome e in n
            \tsome f in n
            \t(((((a + b) + c) + d) + e) + f) == 1000000
            }
            """, to: "p/slow.rego")
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p", "."], in: folder.url, timeout: 400)
        #expect(run.code == 2)
        #expect(run.errors.contains("policy main.deny failed"))
        #expect(run.errors.contains("p/slow.rego:"))
    }

    @Test func malformedResults() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.good, to: "good.yaml")
        try folder.write("package main\n\ndeny contains 7 if input.kind == \"Pod\"\n", to: "p/p.rego")
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p", "good.yaml"], in: folder.url)
        #expect(run.code == 2)
        #expect(
            run.errors == """
                error: main.deny: main.deny holds 7; a string or an object with msg is expected [policy_result_error]
                note: for Pod good in good.yaml

                """)
    }

    /// A file that goes away between being found and being read is told, and the others are checked. The first file is a
    /// pipe, which holds the run up until the other one is gone.
    @Test func vanishingFile() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.url.appendingPathComponent("first.yaml").path
        let later = folder.url.appendingPathComponent("later.yaml").path
        try #require(mkfifo(pipe, 0o600) == 0)
        try folder.write(Self.good, to: "later.yaml")
        Thread.detachNewThread {
            guard let writer = FileHandle(forWritingAtPath: pipe) else { return }
            unlink(later)
            writer.write(Data(Self.good.utf8))
            try? writer.close()
        }
        let run = try run(folder, ["--jobs", "1", "first.yaml", "later.yaml"])
        #expect(run.code == 2)
        #expect(run.output.hasPrefix("first.yaml:3:1: "))
        #expect(run.errors == "error: cannot read later.yaml: no such file or folder [file_error]\n")
    }

    #if os(Linux)
        /// A machine that starts no more threads changes how long a check takes, not what it finds.
        @Test(arguments: [[], ["--no-builtin"]])
        func noMoreThreads(options: [String]) throws {
            let folder = try TemporaryFolder()
            try folder.write("int pthread_create(void *a, void *b, void *c, void *d) { return 11; }\n", to: "none.c")
            let compiler = Process()
            compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            compiler.arguments = ["clang", "-w", "-shared", "-fPIC", "-o", "none.so", "none.c"]
            compiler.currentDirectoryURL = folder.url
            try compiler.run()
            compiler.waitUntilExit()
            try #require(compiler.terminationStatus == 0)
            for index in 0..<24 {
                let rule = "package p\(index)\n\ndeny contains \"no \(index)\" if input.kind == \"Pod\"\n"
                try folder.write(rule, to: "policy/p\(index).rego")
            }
            try folder.write(Self.good, to: "pod.yaml")
            let outputs = try ["", folder.url.appendingPathComponent("none.so").path].map { library in
                let run = try LintelRun(
                    ["check", "--policy", "policy", "--jobs", "4", "--format", "compact", "pod.yaml"] + options, in: folder.url,
                    environment: ["LD_PRELOAD": library])
                #expect(run.code == 1)
                return run.output
            }
            #expect(outputs[0].split(separator: "\n").count >= 24)
            #expect(outputs[0] == outputs[1])
        }
    #endif
}
