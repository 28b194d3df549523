import Foundation
import TestSupport
import Testing

/// Configuration for single files: overrides, `lintel.yaml` files of folders, what they extend, and what `lintel config` says.
@Suite struct LayeredConfigurationTests {
    private let folder: TemporaryFolder

    private static func pod(_ name: String) -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: \(name), namespace: n}
        spec:
          containers: [{name: c, image: "registry.example.com/c:latest", securityContext: {privileged: true}}]

        """
    }

    init() throws {
        folder = try TemporaryFolder()
        for app in ["old", "new", "new/inner"] { try folder.write(Self.pod(String(app.suffix(5))), to: "apps/\(app)/pod.yaml") }
        try folder.write(Self.pod("vendored"), to: "vendor/pod.yaml")
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent(".git"), withIntermediateDirectories: true)
    }

    private struct Report: Decodable {
        struct Finding: Decodable {
            var policy: String
            var severity: String
            var file: String
        }
        var findings: [Finding]

        /// `apps/old/pod.yaml LT-POD-001 critical`, for the two policies of these tests.
        var lines: [String] { findings.map { "\($0.file) \($0.policy) \($0.severity)" } }
    }

    private func check(_ arguments: String...) throws -> (lines: [String], run: LintelRun) {
        let run = try LintelRun(
            ["check", "--only", "LT-POD-001", "--only", "LT-IMG-001", "--format", "json"]
                + (arguments.isEmpty ? ["."] : arguments), in: folder.url)
        return (try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).lines, run)
    }

    private static let all = ["apps/new/inner/pod.yaml", "apps/new/pod.yaml", "apps/old/pod.yaml", "vendor/pod.yaml"]

    private static func both(_ file: String) -> [String] { ["\(file) LT-IMG-001 medium", "\(file) LT-POD-001 critical"] }

    @Test func nothingChangesWithoutFiles() throws {
        #expect(try check().lines == Self.all.flatMap(Self.both))
    }

    struct Case: Sendable {
        var name: String
        var files: [String: String]
        var lines: [String]
    }

    @Test(arguments: [
        Case(
            name: "exclude", files: ["lintel.yaml": "exclude: [vendor/, \"apps/**/inner\"]\n"],
            lines: both("apps/new/pod.yaml") + both("apps/old/pod.yaml")),
        Case(name: "include", files: ["lintel.yaml": "include: [\"apps/old/**\"]\n"], lines: both("apps/old/pod.yaml")),
        Case(
            name: "a folder skips", files: ["apps/new/lintel.yaml": "skip: [privileged-container]\n"],
            lines: ["apps/new/inner/pod.yaml LT-IMG-001 medium", "apps/new/pod.yaml LT-IMG-001 medium"]
                + both("apps/old/pod.yaml")
                + both("vendor/pod.yaml")),
        Case(
            name: "the nearest severity wins",
            files: [
                "lintel.yaml": "severity: {LT-POD-001: low, LT-IMG-001: low}\nexclude: [vendor]\n",
                "apps/lintel.yml": "severity: {LT-POD-001: medium}\n",
                "apps/new/inner/lintel.yaml": "severity: {LT-POD-001: high}\n",
            ],
            lines: [
                "apps/new/inner/pod.yaml LT-IMG-001 low", "apps/new/inner/pod.yaml LT-POD-001 high",
                "apps/new/pod.yaml LT-IMG-001 low",
                "apps/new/pod.yaml LT-POD-001 medium", "apps/old/pod.yaml LT-IMG-001 low", "apps/old/pod.yaml LT-POD-001 medium",
            ]),
        Case(
            name: "overrides of the top, and of a folder",
            files: [
                "lintel.yaml":
                    "exclude: [vendor]\noverrides:\n- paths: [\"apps/old/**\", \"apps/new/*\"]\n  severity: {LT-POD-001: info}\n",
                "apps/new/lintel.yaml": "overrides: [{paths: inner/, skip: [LT-POD-001, LT-IMG-001]}]\n",
            ],
            lines: [
                "apps/new/pod.yaml LT-IMG-001 medium", "apps/new/pod.yaml LT-POD-001 info", "apps/old/pod.yaml LT-IMG-001 medium",
                "apps/old/pod.yaml LT-POD-001 info",
            ]),
        Case(
            name: "parameters of a folder",
            files: ["apps/lintel.yaml": "parameters: {LT-IMG-001: {exemptImages: [\"registry.example.com/*\"]}}\n"],
            lines: [
                "apps/new/inner/pod.yaml LT-POD-001 critical", "apps/new/pod.yaml LT-POD-001 critical",
                "apps/old/pod.yaml LT-POD-001 critical",
            ] + both("vendor/pod.yaml")),
        Case(
            name: "parameters that a nearer folder takes back",
            files: [
                "lintel.yaml": "exclude: [vendor]\nparameters: {LT-IMG-001: {exemptImages: [\"registry.example.com/*\"]}}\n",
                "apps/new/lintel.yaml": "parameters: {LT-IMG-001: {exemptImages: []}}\n",
            ],
            lines: both("apps/new/inner/pod.yaml") + both("apps/new/pod.yaml") + ["apps/old/pod.yaml LT-POD-001 critical"]),
        Case(
            name: "exceptions of a folder hold in it only",
            files: [
                "apps/old/lintel.yaml":
                    "exceptions: [{policy: LT-POD-001, reason: old}, {policy: LT-IMG-001, reason: old, path: \"*.yaml\"}]\n"
            ],
            lines: both("apps/new/inner/pod.yaml") + both("apps/new/pod.yaml") + both("vendor/pod.yaml")),
        Case(
            name: "extends",
            files: [
                "lintel.yaml": "skip: [LT-IMG-001]\nextends: [shared/strict.yaml]\nexclude: [vendor, shared]\n",
                "shared/strict.yaml": "extends: base.yaml\nseverity: {LT-POD-001: high}\n",
                "shared/base.yaml": "severity: {LT-POD-001: low, LT-IMG-001: low}\n",
            ],
            lines: [
                "apps/new/inner/pod.yaml LT-POD-001 high", "apps/new/pod.yaml LT-POD-001 high",
                "apps/old/pod.yaml LT-POD-001 high",
            ]
        ),
        Case(
            name: "a manifest called lintel.yaml",
            files: ["apps/old/lintel.yaml": pod("lintel"), "lintel.yaml": "exclude: [vendor, new]\n"],
            lines: both("apps/old/lintel.yaml") + both("apps/old/pod.yaml")),
    ])
    func settings(_ example: Case) throws {
        for (name, text) in example.files { try folder.write(text, to: name) }
        let (lines, run) = try check()
        #expect(lines == example.lines.sorted(), "\(example.name)")
        #expect(run.errors == "", "\(example.name): \(run.errors)")
        // The same from below, and with two workers.
        let again = try LintelRun(
            ["check", "--only", "LT-POD-001", "--only", "LT-IMG-001", "--format", "json", "--jobs", "2", "apps/old/pod.yaml"],
            in: folder.url)
        let old = try JSONDecoder().decode(Report.self, from: Data(again.output.utf8)).lines
        #expect(old == lines.filter { $0.hasPrefix("apps/old/pod.yaml") }, "\(example.name)")
    }

    /// A profile of a folder adds its policies there and nowhere else; the command line wins.
    @Test func profiles() throws {
        try folder.write("profile: baseline\nexclude: [vendor]\n", to: "lintel.yaml")
        try folder.write("profile: recommended\n", to: "apps/new/lintel.yaml")
        func files(_ arguments: [String]) throws -> Set<String> {
            let run = try LintelRun(["check", "--format", "json"] + arguments + ["."], in: folder.url)
            let found = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).findings
            return Set(found.filter { $0.policy == "LT-IMG-001" }.map(\.file))
        }
        #expect(try files([]) == ["apps/new/inner/pod.yaml", "apps/new/pod.yaml"])
        #expect(try files(["--profile", "baseline"]) == [])
        #expect(try files(["--profile", "recommended"]).count == 3)
    }

    /// A policy that merges others leaves out what a folder skips of them, and what the whole run skips.
    @Test func partsOfMergedPolicies() throws {
        func texts(_ arguments: [String]) throws -> [String] {
            let run = try LintelRun(
                ["check", "--only", "LT-POD-066", "--format", "compact"] + arguments + ["apps"], in: folder.url)
            return run.output.split(separator: "\n").map(String.init)
        }
        let all = try texts([])
        #expect(
            all.count == 3
                && all.allSatisfy { $0.contains("it may run as root") && $0.contains("the root file system is writable") })
        try folder.write("skip: [LT-POD-003]\n", to: "lintel.yaml")
        try folder.write("skip: [LT-POD-008]\n", to: "apps/new/lintel.yaml")
        let found = try texts([])
        #expect(found.count == 3 && found.allSatisfy { !$0.contains("it may run as root") }, "\(found)")
        for line in found { #expect(line.contains("the root file system is writable") == line.hasPrefix("apps/old"), "\(line)") }
    }

    /// A configuration that is named replaces all others, and a floor holds against each of them.
    @Test func namedAndFloor() throws {
        try folder.write("skip: [LT-POD-001]\nseverity: {LT-IMG-001: info}\n", to: "apps/new/lintel.yaml")
        try folder.write("overrides: [{paths: \"apps/**\", skip: [LT-POD-001]}]\n", to: "lintel.yaml")
        try folder.write("{}\n", to: "ci.yaml")
        #expect(try check("--config", "ci.yaml", "apps", "vendor").lines == Self.all.flatMap(Self.both))
        let (lines, run) = try check("--policy-floor", "ci.yaml")
        #expect(lines.filter { $0.contains("POD-001") || $0.contains("IMG-001") } == Self.all.flatMap(Self.both))
        #expect(
            run.errors.contains("apps/new/lintel.yaml:1:8: warning: skip LT-POD-001 has no effect: ci.yaml does not allow it"))
        #expect(run.errors.contains("severity info of LT-IMG-001 has no effect"))
        #expect(run.errors.contains("lintel.yaml:1:"))
    }

    /// What a nearer file changes is in the report.
    @Test func named() throws {
        try folder.write("exclude: [vendor]\n", to: "lintel.yaml")
        try folder.write("skip: [LT-POD-001]\nprofile: all\n", to: "apps/new/lintel.yaml")
        let run = try LintelRun(["check", "--only", "LT-POD-001", "."], in: folder.url)
        #expect(
            run.output.contains(
                """
                Configuration: lintel.yaml.
                  exclude: vendor
                  apps/new/lintel.yaml: profile: all
                  apps/new/lintel.yaml: skip LT-POD-001 privileged-container

                """), "\(run.output)")
    }

    @Test(arguments: [
        ("apps/lintel.yaml", "skp: []\nskip: []\n", "unknown key \"skp\"; did you mean \"skip\"?"),
        ("lintel.yaml", "extends: gone.yaml\n", "there is no file gone.yaml, and no profile \"gone.yaml\""),
        ("lintel.yaml", "extends: restrictd\n", "there is no file restrictd; did you mean \"restricted\"?"),
        ("lintel.yaml", "extends: lintel.yaml\n", "lintel.yaml extends this file, which extends it"),
        ("lintel.yaml", "extends: [1]\n", "extends names files or profiles"),
        ("lintel.yaml", "overrides: {}\n", "overrides is a list of settings with their paths"),
        (
            "lintel.yaml", "overrides: [{skip: [LT-POD-001]}]\n",
            "an override names its paths, such as paths: [\"apps/legacy/**\"]"
        ),
        ("lintel.yaml", "overrides: [{paths: a, failOn: low}]\n", "unknown key \"failOn\""),
        ("lintel.yaml", "exclude: [1]\n", "a pattern for paths is expected"),
    ])
    func refuses(_ name: String, _ text: String, _ message: String) throws {
        try folder.write(text, to: name)
        let run = try LintelRun(["check", "apps"], in: folder.url)
        #expect(run.code == 2)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.contains("\(name):1:"), "\(run.errors)")
    }

    /// What is meant for runs from the folder itself is said and has no effect; what only has the name is no configuration.
    @Test func othersOfThatName() throws {
        try folder.write("failOn: never\nrepositories: [\"https://git.example.com/a\"]\n", to: "apps/new/lintel.yaml")
        try folder.write("name: checks\non: push\njobs: {}\n", to: "apps/old/lintel.yml")
        let run = try LintelRun(["check", "--only", "LT-POD-001", "--format", "compact", "."], in: folder.url)
        #expect(run.code == 1)
        #expect(run.output.split(separator: "\n").count == 4)
        #expect(
            run.errors.contains(
                "apps/new/lintel.yaml:1:1: warning: failOn holds for runs from the folder of this file: it has no effect here"))
        #expect(run.errors.contains("apps/new/lintel.yaml:2:1: note: repositories holds for runs"))
        #expect(!run.errors.contains("apps/old"))
    }

    @Test func showsWhatHolds() throws {
        try folder.write("extends: base.yaml\nfailOn: high\nexclude: [vendor]\n", to: "lintel.yaml")
        try folder.write("severity: {LT-POD-001: low}\n", to: "base.yaml")
        try folder.write(
            "severity: {LT-POD-001: high}\nskip: [LT-IMG-001]\nexceptions: [{policy: LT-POD-008, reason: writes logs}]\n",
            to: "apps/new/lintel.yaml")
        let near = try LintelRun(["config", "show", "apps/new/pod.yaml"], in: folder.url)
        #expect(
            near.output == """
                Configuration of apps/new/pod.yaml: lintel.yaml, apps/new/lintel.yaml
                  profile                                      recommended  (default)
                  failOn                                       high  (lintel.yaml:2)
                  kubernetesVersion                            1.36  (default)
                  exclude                                      vendor  (lintel.yaml:3)
                  skip LT-IMG-001 image-latest-tag             true  (apps/new/lintel.yaml:2)
                  severity of LT-POD-001 privileged-container  high  (apps/new/lintel.yaml:1)
                  exception                                    LT-POD-008: writes logs  (apps/new/lintel.yaml:3)

                """, "\(near.output)")
        let far = try LintelRun(["config", "show", "apps/old/pod.yaml", "--format", "json"], in: folder.url)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(far.output.utf8)) as? [String: Any])
        let settings = try #require(json["settings"] as? [[String: String]])
        #expect(settings.map { $0["from"] } == ["default", "lintel.yaml:2", "default", "lintel.yaml:3", "base.yaml:1"])
        #expect(try LintelRun(["config", "show", "vendor/pod.yaml"], in: folder.url).output.contains("The file is left out"))
        let gone = try LintelRun(["config", "show", "gone"], in: folder.url)
        #expect(gone.code == 2 && gone.errors == "error: cannot read gone: no such file or folder\n")
    }

    /// What `init` writes is read without a complaint and changes nothing; it replaces nothing unasked.
    @Test func writesAFirstFile() throws {
        let before = try check().lines
        let run = try LintelRun(["config", "init"], in: folder.url)
        #expect(
            run.code == 0 && run.output == "Wrote lintel.yaml: 4 objects of 1 kind, 0 kustomizations, 0 charts.\n",
            "\(run.errors)")
        let (lines, after) = try check()
        #expect(lines == before && after.errors == "")
        let again = try LintelRun(["config", "init"], in: folder.url)
        #expect(again.code == 2 && again.errors == "error: there is a lintel.yaml already; --force replaces it\n")
        #expect(try LintelRun(["config", "init", "--force"], in: folder.url).code == 0)
    }
}
