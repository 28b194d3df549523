import Foundation
import TestSupport
import Testing

/// Pieces of templates with what Helm makes of them: functions of Helm and sprig, Go's text/template.
@Suite struct TemplateCaseTests {
    static let files = ConformanceData.files(below: "rendering/helm/template", suffix: ".json")

    @Test(.enabled(if: !files.isEmpty, "the conformance data is not there"), arguments: files)
    func renders(file: URL) throws {
        let item = ChartFixture.json(file)
        if item["ambiguous"] != nil { return }
        let template = try #require(item["template"] as? String)
        var values: [String: Any] = ["v": item["values"] ?? NSNull()]
        var texts: [String: String] = [:]
        if item["run_as"] as? String == "tpl" {
            values["t"] = template
            texts["templates/case.yaml"] = "out: {{ tpl .Values.t .Values.v | toJson }}\n"
        } else {
            texts["templates/_case.tpl"] =
                item["run_as"] as? String == "file" ? template : "{{define \"case\"}}\(template){{end}}"
            texts["templates/case.yaml"] = "out: {{ include \"case\" .Values.v | toJson }}\n"
        }
        texts["values.yaml"] = ChartFixture.text(values) + "\n"
        switch ChartFixture.render(texts) {
        case .failure(let problem):
            let reason = try #require(item["error"] as? String, "\(problem.message)")
            #expect(!reason.isEmpty)
        case .success(let output):
            let expected = try #require(item["expected"] as? String, "no failure: \(output)")
            let start = try #require(output.range(of: "\nout: "))
            let json = output[start.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
            let actual = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed) as? String
            #expect(actual?.replacingOccurrences(of: "<no value>", with: "") == expected)
        }
    }
}
