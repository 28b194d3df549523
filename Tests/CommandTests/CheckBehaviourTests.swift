import Foundation
import TestSupport
import Testing

/// Arguments, exit codes, configuration and what is looked at.
@Suite struct CheckBehaviourTests {
    static let base = ["check", "--plain", "--no-builtin", "--policy", "policies"]

    struct Case: CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        var code: Int32
        var errors = ""
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "violations", arguments: base + ["check"], code: 1),
        Case(name: "warnings pass", arguments: base + ["check", "--only", "main.warn"], code: 0),
        Case(
            name: "warnings fail when asked", arguments: base + ["check", "--only", "main.warn", "--fail-on", "warning"], code: 1),
        Case(name: "never fails", arguments: base + ["check", "--fail-on", "never"], code: 0),
        Case(name: "by slug", arguments: base + ["check", "--only", "no-privileged"], code: 1),
        Case(
            name: "skip all", arguments: base + ["check", "--skip", "TEAM-1", "--skip", "main.warn", "--skip", "main.violation"],
            code: 2, errors: "error: nothing was evaluated: no policy is selected\n"),
        Case(
            name: "no object", arguments: base + ["check/values.yaml"], code: 2,
            errors: "error: nothing was evaluated: no Kubernetes object was found\n"),
        Case(
            name: "no file", arguments: base + ["check", "--include", "*.xml"], code: 2,
            errors: "error: nothing was evaluated: no file was found\n"),
        Case(
            name: "missing file", arguments: base + ["nothing.yaml"], code: 2,
            errors: "error: cannot read nothing.yaml: no such file or folder [file_error]\n"),
        Case(
            name: "missing policy", arguments: ["check", "--policy", "nothing", "check"], code: 2,
            errors: "error: cannot read nothing: no such file or folder [file_error]\n"),
        Case(name: "unknown format", arguments: base + ["check", "--format", "xml"], code: 64),
        Case(name: "unknown option", arguments: base + ["check", "--frmat", "json"], code: 64),
        Case(name: "bad jobs", arguments: base + ["check", "--jobs", "0"], code: 64),
        Case(name: "no-builtin alone", arguments: ["check", "--no-builtin", "check"], code: 64),
    ]

    @Test(arguments: cases)
    func exitCode(_ test: Case) throws {
        let run = try LintelRun(test.arguments)
        #expect(run.code == test.code, "\(run.output)\(run.errors)")
        if !test.errors.isEmpty { #expect(run.errors == test.errors) }
    }

    @Test(arguments: [
        (["--only", "TEAM-2"], "There is no policy \"TEAM-2\"; did you mean \"TEAM-1\"?"),
        (["--skip", "main.wran"], "There is no policy \"main.wran\"; did you mean \"main.warn\"?"),
        (["--profile", "restrictde"], "There is no profile \"restrictde\"; did you mean \"restricted\"?"),
    ])
    func suggestions(_ arguments: [String], _ message: String) throws {
        let run = try LintelRun(Self.base + arguments + ["check"])
        #expect(run.code == 64)
        #expect(run.errors.contains(message))
    }

    /// Policies see the present, not the beginning of time.
    @Test func clock() throws {
        let folder = try TemporaryFolder()
        try folder.write("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", to: "pod.yaml")
        try folder.write("package main\n\ndeny contains \"late\" if time.now_ns() > 1700000000000000000\n", to: "p.rego")
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p.rego", "pod.yaml"], in: folder.url)
        #expect(run.code == 1, "\(run.errors)")
    }

    @Test func standardInput() throws {
        let manifest = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
        let run = try LintelRun(Self.base + ["-", "--stdin-filename", "build/out.yaml", "--format", "compact"], input: manifest)
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("build/out.yaml:3:1: warning: the object has no team"))
        let unnamed = try LintelRun(Self.base + ["-", "--format", "compact"], input: manifest)
        #expect(unnamed.output.hasPrefix("stdin:3:1: "))
    }

    @Test(arguments: [
        (["check"], ["check/all.json", "check/deploy/web.yaml"]),
        (["check", "--exclude", "deploy"], ["check/all.json"]),
        (["check", "--exclude", "check/deploy/**"], ["check/all.json"]),
        (["check", "--include", "**/*.yaml"], ["check/deploy/web.yaml"]),
        (["check", "--include", "*.{yaml,yml}"], ["check/deploy/web.yaml"]),
        (["check/deploy/web.yaml", "check/all.json"], ["check/all.json", "check/deploy/web.yaml"]),
        (["./check//deploy/", "check/deploy"], ["check/deploy/web.yaml"]),
    ])
    func files(_ arguments: [String], _ expected: [String]) throws {
        let run = try LintelRun(Self.base + ["--format", "compact"] + arguments)
        let found = Set(run.output.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) })
        #expect(found.sorted() == expected)
    }

    @Test func configuration() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: folder.url.appendingPathComponent(".git"), withIntermediateDirectories: true)
        try folder.write("skip: [no-privileged]\nseverity: {main.warn: info}\nfailOn: warning\n", to: "lintel.yaml")
        try folder.write("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", to: "apps/pod.yaml")
        let policies = LintelRun.fixtures.appendingPathComponent("policies").path
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", policies, "."], in: folder.url.appendingPathComponent("apps"))
        #expect(run.code == 0)
        #expect(run.output.contains("pod.yaml:3:1: [I] info: the object has no team"))
        let flag = try LintelRun(["check", "--no-builtin", "--policy", policies, "--config", "other.yaml", "."], in: folder.url)
        #expect(flag.code == 2)
        #expect(flag.errors == "error: cannot read other.yaml: no such file or folder [file_error]\n")
    }

    @Test func configurationMistakes() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            profil: all
            profile: restrictd
            kubernetesVersion: 1.30
            podSecurityVersion: newest
            failOn: errors
            skip: [no-privilegd]
            severity: {TEAM-1: hgih, TEAM-9: low}
            parameters:
              TEAM-1: {size: 3}
            """, to: "lintel.yaml")
        let policies = LintelRun.fixtures.appendingPathComponent("policies").path
        let run = try LintelRun(["check", "--no-builtin", "--policy", policies, "."], in: folder.url)
        #expect(run.code == 2)
        #expect(Snapshot.difference(run.errors, "configuration-mistakes.txt") == nil)
    }

    @Test(arguments: [("bash", "complete"), ("zsh", "compdef"), ("fish", "complete")])
    func completions(_ shell: String, _ word: String) throws {
        let run = try LintelRun(["completions", shell])
        #expect(run.code == 0)
        #expect(run.output.contains(word) && run.output.contains("stdin-filename"))
    }
}
