import Foundation
import Testing

/// Names and texts of files that try to steer a CI server or a terminal.
@Suite struct HostileNamesTests {
    static let attacks = [
        "::error file=a,line=1::owned", "::set-output name=a::b", "##vso[task.complete result=Succeeded]", "##[add-mask]a",
        "##teamcity[buildStatus text='x']", "\u{1B}[2J\u{1B}[1;1H", "a\u{202E}b", "\u{1B}]0;title\u{7}", "\r::warning::x",
        "\n::warning::x",
    ]

    /// Whether a line of the output is a command to one of the servers, or holds what a terminal obeys.
    private func danger(in output: String) -> String? {
        for line in output.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" }) {
            let text = String(Substring(line))
            let start = text.drop { $0 == " " || $0 == "\t" }
            if start.hasPrefix("::") || text.contains(#/##[A-Za-z-]*\[/#) { return text }
        }
        let controls = output.unicodeScalars.filter {
            $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.generalCategory == .format)
        }
        return controls.isEmpty ? nil : "control characters"
    }

    @Test(arguments: attacks, ["text", "compact"])
    func asContent(_ attack: String, _ format: String) throws {
        let folder = try TemporaryFolder()
        let quoted = try String(decoding: JSONEncoder().encode([attack]).dropFirst().dropLast(), as: UTF8.self)
        try folder.write(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: \(quoted)}\nx: [\n  \(attack.filter { !$0.isNewline && $0 != "\u{1B}" && $0 != "\u{7}" })]\n",
            to: "a.yaml")
        try folder.write(
            #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": \#(quoted), "labels": {"a": \#(quoted)}}}"#, to: "b.json")
        try folder.write(
            "package p\n\ndeny contains msg if msg := sprintf(\"first\\n%v\", [input.metadata.name])\n", to: "p.rego")
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p.rego", "--format", format, "."], in: folder.url)
        #expect(run.output.contains("first"))
        #expect(danger(in: run.output) == nil)
        #expect(danger(in: run.errors) == nil)
    }

    @Test(arguments: attacks, ["text", "compact"])
    func asName(_ attack: String, _ format: String) throws {
        let folder = try TemporaryFolder()
        let name = attack.replacing("/", with: "_")
        try folder.write("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", to: "\(name).yaml")
        try folder.write("a: [\n", to: "\(name)2.yaml")
        try folder.write("package p\n\ndeny contains \"no\" if input.kind == \"Pod\"\n", to: "p.rego")
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p.rego", "--format", format, "."], in: folder.url)
        #expect(run.code == 2)
        #expect(run.output.contains(": no"))
        #expect(danger(in: run.output) == nil)
        #expect(danger(in: run.errors) == nil)
        let missing = try LintelRun(["check", "\(name)3.yaml"], in: folder.url)
        #expect(danger(in: missing.errors) == nil)
        let option = try LintelRun(["check", "--\(name)"], in: folder.url)
        #expect(danger(in: option.errors) == nil)
    }
}
