import Foundation
import Helm
import Rego
import Testing
import Text

/// Archives that want to write elsewhere or to fill memory, values without end, and charts of very many templates.
@Suite struct HostileArchiveTests {
    private struct NoFailure: Error {}

    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("charts-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private static func archive(_ files: [(String, [UInt8])]) -> [UInt8] {
        var tar = TarWriter()
        for (name, bytes) in files { tar.add(Array(name.utf8), bytes) }
        return Gzip.compress(tar.finished())
    }

    private func problem(_ bytes: [UInt8]) throws -> String {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("web.tgz").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            let files = try ChartFolder.files(at: path)
            _ = try ChartThread.run { try ChartRelease(files, ChartFixture.settings, ChartSources(isOn: false)) }
            return ""
        } catch let problem as HelmProblem { return problem.message }
    }

    private static let chart = ("web/Chart.yaml", Array(ChartFixture.chartFile.utf8))

    @Test(arguments: ["../evil.yaml", "web/../../evil.yaml", "/etc/evil.yaml", "web\\..\\..\\evil.yaml", "C:\\evil.yaml"])
    func namesThatLeadOut(_ name: String) throws {
        #expect(try problem(Self.archive([Self.chart, (name, [0x61])])).contains("content outside the base directory"))
    }

    @Test func archivesThatUnpackToTooMuch() throws {
        let zeros = [UInt8](repeating: 0, count: 101 << 20)
        let bomb = Self.archive([Self.chart, ("web/templates/a.yaml", zeros)])
        #expect(bomb.count < 1 << 20)
        #expect(try problem(bomb).contains("decompressed chart is larger than the maximum size"))
    }

    @Test func filesThatAreTooLarge() throws {
        let large = Self.archive([Self.chart, ("web/a.txt", [UInt8](repeating: 0x61, count: 6 << 20))])
        #expect(try problem(large).contains("larger than the maximum file size"))
    }

    @Test func archivesInsideOfArchives() throws {
        var inner = Self.archive([("t/Chart.yaml", Array(ChartFixture.chartFile.utf8))])
        for _ in 0..<60 {
            inner = Self.archive([("t/Chart.yaml", Array(ChartFixture.chartFile.utf8)), ("t/charts/t.tgz", inner)])
        }
        #expect(try problem(inner).contains("nest too deeply"))
    }

    @Test func brokenArchives() throws {
        let whole = Self.archive([Self.chart, ("web/values.yaml", Array("a: 1\n".utf8))])
        #expect(try problem(whole) == "")
        for index in stride(from: 0, to: whole.count, by: 5) {
            var cut = whole
            cut[index] ^= 0xFF
            // Nothing but a message or a chart comes of it.
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try problem(cut)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            #expect(try problem(Array(whole[..<index])) != "")
        }
    }

    @Test(arguments: [
        ("a[1000000000]=x", "65536"), (String(repeating: "a.", count: 100_000) + "a=x", ""),
        ("a=" + String(repeating: "{", count: 100_000), ""), (String(repeating: "a[0]", count: 50_000) + "=x", ""),
    ])
    func flagsWithoutEnd(_ flag: String, _ reason: String) throws {
        var values = ValueOptions()
        values.set = [flag]
        guard
            case .failure(let problem) = ChartFixture.render(
                ["templates/a.yaml": "a: {{ .Values.a | toYaml | len }}"], values: values)
        else {
            #expect(reason.isEmpty)
            return
        }
        #expect(reason.isEmpty || problem.message.contains(reason), "\(problem.message.prefix(200))")
    }

    @Test func valuesWithoutEnd() throws {
        let bomb =
            "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
            + (1...9).map {
                "b\($0): &b\($0) [" + Array(repeating: $0 == 1 ? "*a" : "*b\($0 - 1)", count: 10).joined(separator: ",") + "]\n"
            }
            .joined()
        let texts = ["values.yaml": bomb, "templates/a.yaml": "a: {{ toYaml .Values | len }}"]
        guard case .failure(let problem) = ChartFixture.render(texts) else { throw NoFailure() }
        #expect(problem.message.contains("alias"), "\(problem.message.prefix(200))")
        let deep = ["values.yaml": "a: " + String(repeating: "[", count: 100_000), "templates/a.yaml": "a: 1"]
        guard case .failure = ChartFixture.render(deep) else { throw NoFailure() }
    }

    /// Expressions that other engines need ages for are done at once, and those that would take too much room are refused.
    @Test func expressionsThatMultiply() throws {
        let texts = ["templates/a.yaml": "a: {{ regexMatch \"^(a+)+$\" (print (repeat 100000 \"a\") \"b\") }}"]
        let start = Date()
        #expect(try ChartFixture.render(texts).get().contains("a: false"))
        #expect(Date().timeIntervalSince(start) < 10)
        let large = ["templates/a.yaml": "a: {{ mustRegexMatch \"((a{1,1000}){1,1000}){1,1000}\" \"b\" }}"]
        guard case .failure(let problem) = ChartFixture.render(large) else { throw NoFailure() }
        #expect(problem.places.first?.hasPrefix("t/templates/a.yaml:1") ?? false)
    }

    @Test func tenThousandTemplates() throws {
        var texts = [
            "Chart.yaml": ChartFixture.chartFile, "values.yaml": "a: 1\n", "templates/_h.tpl": "{{ define \"h\" }}b: c{{ end }}",
        ]
        for number in 0..<10_000 {
            texts["templates/\(number).yaml"] =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c\(number)}\ndata:\n  a: \"{{ .Values.a }}\"\n  {{- include \"h\" . | nindent 2 }}\n"
        }
        let files = ChartFixture.files(texts)
        let release = try ChartFixture.render(files, ValueOptions(), keepsOrigins: true).get()
        #expect(release.objects.count == 10_000)
        let mistakes = try ChartThread.run { try ChartMistakes(files, functions: ChartFixture.settings.functions) }
        #expect(mistakes.mistakes.isEmpty)
        texts["templates/9.yaml"] = "{{ fail \"stop\" }}"
        guard case .failure(let problem) = ChartFixture.render(ChartFixture.files(texts), ValueOptions()) else {
            throw NoFailure()
        }
        #expect(problem.message.contains("stop") && problem.places.first?.hasPrefix("t/templates/9.yaml:1") ?? false)
    }
}
