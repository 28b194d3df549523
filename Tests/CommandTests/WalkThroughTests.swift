import Foundation
import Testing

/// The walk-through of docs/rollout-ci.md, command by command.
@Suite struct WalkThroughTests {
    private struct Step {
        var command: String
        var output: [String]
    }

    /// The commands of `console` blocks, each with the lines it is said to print.
    private static func steps() throws -> [Step] {
        let page = LintelRun.fixtures.appendingPathComponent("../../../docs/rollout-ci.md").standardizedFileURL
        var steps: [Step] = [], isInside = false
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2)), output: []))
            } else if isInside, line.hasPrefix("> "), let last = steps.indices.last {
                steps[last].command += "\n" + line.dropFirst(2)
            } else if isInside, let last = steps.indices.last {
                steps[last].output.append(String(line))
            }
        }
        return steps
    }

    /// Whether the lines are the ones of the page, in which `…` stands for the rest of a line, and alone for any lines.
    private static func fits(_ lines: ArraySlice<String>, _ page: ArraySlice<String>) -> Bool {
        guard let first = page.first else { return lines.isEmpty }
        if first == "…" {
            return (lines.startIndex...lines.endIndex).contains { fits(lines[$0...], page.dropFirst()) }
        }
        guard let line = lines.first else { return false }
        let parts = first.components(separatedBy: "…")
        let isFit = parts.count == 1 ? line == first : line.hasPrefix(parts[0]) && line.hasSuffix(parts[parts.count - 1])
        return isFit && fits(lines.dropFirst(), page.dropFirst())
    }

    @Test func walkThrough() throws {
        let folder = try TemporaryFolder(), bin = folder.url.appendingPathComponent(".bin")
        try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: bin.appendingPathComponent("lintel"), withDestinationURL: LintelRun.program)
        let work = folder.url.appendingPathComponent("repository")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        let environment = [
            "PATH": "\(bin.path):/usr/bin:/bin", "HOME": folder.url.path, "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@example.com", "GIT_COMMITTER_NAME": "n",
            "GIT_COMMITTER_EMAIL": "n@example.com",
        ]
        let steps = try Self.steps()
        #expect(steps.count >= 10)
        for step in steps {
            let run = try Tool.run("bash", ["-c", step.command + "\n"], in: work, environment: environment)
            var lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.last == "" { lines.removeLast() }
            #expect(
                Self.fits(lines[...], step.output[...]),
                "\(step.command)\nprinted\n\(run.output)\(run.errors)\ninstead of\n\(step.output.joined(separator: "\n"))")
        }
    }
}

/// What the repository holds for CI servers.
@Suite struct IntegrationTests {
    private static let root = LintelRun.fixtures.appendingPathComponent("../../..").standardizedFileURL

    /// The hook passes what holds no object, and fails on a violation; as pre-commit calls it, with the changed files.
    @Test func preCommit() throws {
        let hooks = try String(contentsOf: Self.root.appendingPathComponent(".pre-commit-hooks.yaml"), encoding: .utf8)
        let entry = try #require(hooks.firstMatch(of: #/id: lintel\n(?:.*\n)*?  entry: lintel (.*)/#)).1
        let folder = try TemporaryFolder()
        try folder.write("a: 1\n", to: "values.yaml")
        try folder.write("{\"compilerOptions\": {}, // a comment\n}\n", to: "tsconfig.json")
        try folder.write(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x, securityContext: {privileged: true}}]}\n",
            to: "pod.yaml")
        let words = entry.split(separator: " ").map(String.init)
        #expect(try LintelRun(words + ["values.yaml", "tsconfig.json"], in: folder.url).code == 0)
        #expect(try LintelRun(words + ["values.yaml", "pod.yaml"], in: folder.url).code == 1)
    }

    /// The script of the action: annotations, files and outputs.
    @Test func action() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {hostNetwork: true, containers: [{name: c, image: x}]}\n",
            to: "m/pod.yaml")
        for name in ["out", "summary"] { try folder.write("", to: name) }
        let run = try Tool.run(
            Self.root.appendingPathComponent("scripts/action-check").path, [], in: folder.url,
            environment: [
                "LINTEL": LintelRun.program.path, "INPUT_PATHS": "m", "INPUT_FAIL_ON": "error", "INPUT_SARIF_FILE": "l.sarif",
                "INPUT_MARKDOWN_FILE": "l.md", "INPUT_ARGS": "--only LT-POD-015", "GITHUB_OUTPUT": folder.url.path + "/out",
                "GITHUB_STEP_SUMMARY": folder.url.path + "/summary",
            ])
        #expect(run.code == 1, "\(run.errors)")
        #expect(run.output.hasPrefix("::error file=m/pod.yaml,line=4,"))
        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
        }
        #expect(try text("out") == "code=1\nviolations=1\nsarif-file=l.sarif\n")
        #expect(try text("summary").hasPrefix("<!-- lintel-report -->\n## lintel: 1 violation\n"))
        #expect(try text("l.md") == text("summary"))
        // Every input that the action has is one that the script reads, and the other way round.
        let action = try String(contentsOf: Self.root.appendingPathComponent("action.yml"), encoding: .utf8)
        let script = try String(contentsOf: Self.root.appendingPathComponent("scripts/action-check"), encoding: .utf8)
        for match in action.matches(of: #/INPUT_[A-Z_]+/#) { #expect(script.contains(match.0)) }
    }

    /// The arguments that examples give to the program are arguments it has.
    @Test(arguments: ["gitlab/lintel.gitlab-ci.yml", "azure/azure-pipelines.yml", "jenkins/Jenkinsfile", "argocd/presync.yaml"])
    func arguments(_ path: String) throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("examples/ci/\(path)"), encoding: .utf8)
        let help = try LintelRun(["check", "--help"]).output
        for match in text.matches(of: #/ (--[a-z-]+)/#) where !["--depth", "--entrypoint"].contains(String(match.1)) {
            #expect(help.contains(match.1), "\(match.1)")
        }
        for match in text.matches(of: #/--format ([a-z-]+)/#) { #expect(help.contains(match.1)) }
    }

    /// The objects of the examples are sound by the program's own judgement.
    @Test(arguments: ["argocd", "flux"])
    func manifests(_ name: String) throws {
        let run = try LintelRun(
            ["check", "examples/ci/\(name)", "--missing-schemas", "skip", "--fail-on", "high"], in: Self.root)
        #expect(run.code == 0, "\(run.output)\(run.errors)")
    }

    /// Manual pages: one a command, without complaints of the formatter.
    @Test func manualPages() throws {
        let folder = try TemporaryFolder()
        let run = try Tool.run(
            Self.root.appendingPathComponent("scripts/man-pages").path, [LintelRun.program.path, folder.url.path])
        #expect(run.code == 0, "\(run.errors)")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(pages.contains("lintel.1") && pages.contains("lintel-check.1") && pages.contains("lintel-baseline-create.1"))
        let page = try String(contentsOf: folder.url.appendingPathComponent("lintel-check.1"), encoding: .utf8)
        #expect(page.contains(".B \\-\\-since <revision>") && page.contains(".SH OPTIONS"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) throws {
        let run = try LintelRun(["completions", shell])
        #expect(run.code == 0 && run.output.contains("baseline"))
    }
}
