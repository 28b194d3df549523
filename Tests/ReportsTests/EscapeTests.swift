import Catalogue
import Diagnostics
import Documents
@testable import Findings
@testable import Inputs
@testable import Judging
@testable import Reports
import Testing

/// Names and messages of hostile files inside each format.
@Suite struct EscapeTests {
    private func report(path: String, message: String) -> Report {
        let source = SourceFile(path: path, text: "apiVersion: v1\nkind: Pod\nmetadata: {name: \"a<b\"}\n")
        let resource = ResourceReader().read(source).resources[0]
        var report = Report()
        report.files = 1
        report.resources = 1
        report.evaluatedPolicies = 1
        report.findings = [
            Finding(
                Violation(
                    slot: 0, message: message, resource: resource.reference, path: DocumentPath(),
                    location: PlaceFinder(resource: resource).location(of: DocumentPath()), screen: nil, details: nil),
                of: RuleReference(
                    id: "X,1", slug: "", severity: .high, level: .error, remediation: ""))
        ]
        return report
    }

    private func render(_ format: ReportFormat, path: String = "a.yaml", message: String = "m") -> String {
        format.render(report(path: path, message: message), options: ReportOptions(version: "0"))
    }

    @Test func terminal() {
        let text = render(.text, path: "a\u{1B}[31m.yaml", message: "red\u{1B}[0m\u{202E}txt\nsecond")
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        #expect(text.contains("red\\u{1b}[0m\\u{202e}txt\n  second"))
        #expect(!render(.compact, message: "one\ntwo").dropLast().contains("\n"))
    }

    @Test func gitHub() {
        let text = render(.github, path: "a:b,c%.yaml", message: "50% done\r\n::error::fake")
        #expect(
            text
                == "::error file=a%3Ab%2Cc%25.yaml,line=1,endLine=1,col=1,endColumn=15,title=X%2C1::high: 50%25 done%0D%0A::error::fake (Pod a<b)\n"
        )
    }

    @Test func azure() {
        let text = render(.azure, path: "a;b].yaml", message: "x]\ny")
        #expect(
            text
                == "##vso[task.logissue type=error;sourcepath=a%3Bb%5D.yaml;linenumber=1;columnnumber=1;code=X,1]x]%0Ay (Pod a<b)\n"
        )
    }

    @Test func xml() {
        let text = render(.junit, path: "a&\"b\".yaml", message: "<x> \u{0} \u{1B} & ]]>")
        #expect(text.contains("file=\"a&amp;&quot;b&quot;.yaml\""))
        #expect(text.contains("message=\"&lt;x&gt; \u{FFFD} \u{FFFD} &amp; ]]&gt;\""))
        #expect(text.contains("Pod a&lt;b"))
    }

    @Test func json() {
        var json = JSONText()
        json.object { json in
            json.member("a", "\"\\\n\u{1}é\u{2028}😀")
            json.array("b", [Int]()) { _, _ in }
            json.object("c") { _ in }
            json.member("d", true)
        }
        #expect(json.text == "{\n  \"a\": \"\\\"\\\\\\n\\u0001é\\u2028😀\",\n  \"b\": [],\n  \"c\": {},\n  \"d\": true\n}")
    }

    @Test(arguments: [
        ("a b/c#d?.yaml", "a%20b/c%23d%3F.yaml"), ("/x/ä.yaml", "file:///x/%C3%A4.yaml"), ("a%41.yaml", "a%2541.yaml"),
    ])
    func uri(_ path: String, _ expected: String) { #expect(ReportPath.uri(path) == expected) }

    /// Two equal findings must not share a fingerprint in GitLab's format.
    @Test func gitLabFingerprints() {
        var report = report(path: "a.yaml", message: "m")
        report.findings.append(report.findings[0])
        let text = ReportFormat.gitlab.render(report, options: ReportOptions(version: "0"))
        let prints = text.split(separator: "\n").filter { $0.contains("\"fingerprint\"") }
        #expect(Set(prints).count == 2)
    }

    @Test func nothingEvaluatedIsNoPass() {
        var empty = Report()
        empty.files = 1
        #expect(empty.conclusion(failOn: .never) == .failed)
        for format in [ReportFormat.junit, .github, .azure] {
            #expect(format.render(empty, options: ReportOptions(version: "0")).contains("error"))
        }
        #expect(ReportFormat.sarif.render(empty, options: ReportOptions(version: "0")).contains("\"executionSuccessful\": false"))
        #expect(ReportFormat.json.render(empty, options: ReportOptions(version: "0")).contains("\"passed\": false"))
    }
}
