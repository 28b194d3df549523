@testable import Catalogue
import Diagnostics
import Testing

/// Which form of input a policy wants, by what its compiled rules use.
@Suite struct InputFormTests {
    @Test(arguments: [
        ("object", "deny contains \"x\" if input.kind == \"Pod\"", ""),
        ("object", "deny contains \"x\"", ""),
        // Words in comments, strings and longer names are no use of input.
        ("object", "# input.review.object\ndeny contains \"input.request.object\" if input.kind", ""),
        ("object", "deny contains \"x\" if input.requestObject", ""),
        ("object", "deny contains \"x\" if input.reviews[_].request", ""),
        ("object", "deny contains \"x\" if { some c in input.spec.containers; c.name == \"request\" }", ""),
        // Another rule of the package says nothing about this one.
        ("object", "deny contains \"x\" if input.kind\nother := input.review.object", ""),
        ("review", "deny contains \"x\" if input.request.object.kind == \"Pod\"", ""),
        ("review", "deny contains \"x\" if input[\"request\"].operation", ""),
        ("review", "import input.request.object as o\ndeny contains \"x\" if o.kind", ""),
        ("review", "deny contains \"x\" if { input.kind == \"AdmissionReview\"; input.request.uid }", ""),
        ("review", "deny contains \"x\" if data.help.pod", "pod if input.request.object.kind == \"Pod\""),
        ("review", "deny contains \"x\" if data.help.is(1)", "is(_) if input.request.object"),
        ("gatekeeper", "violation contains {\"msg\": \"x\"} if input.review.object.kind", ""),
        ("gatekeeper", "violation contains {\"msg\": \"x\"} if input.review.object.kind == input.parameters.kind", ""),
        ("gatekeeper", "violation contains {\"msg\": \"x\"} if data.help.pod", "pod if input.review.object.kind"),
        ("combined", "deny contains \"x\" if input[_].contents.kind", ""),
        ("combined", "deny contains \"x\" if { some f in input; f.contents.kind }", ""),
        ("object", "deny contains \"x\" if input[_].labels", ""),
        ("both", "deny contains \"x\" if { input.kind == \"Pod\"; input.request.operation }", ""),
        ("both", "deny contains \"x\" if object.get(input, [\"request\", \"object\"], input).kind", ""),
        ("both", "deny contains \"x\" if { input.request.object; input.review.object }", ""),
    ])
    func form(_ expected: String, _ rules: String, _ help: String) throws {
        let sources = [SourceFile(path: "a.rego", text: "package a\n\n\(rules)\n")]
            + (help.isEmpty ? [] : [SourceFile(path: "help.rego", text: "package help\n\n\(help)\n")])
        let user = UserPolicies(sources: sources)
        let set = PolicySet(library: try PolicyLibrary.embedded(), user: user)
        let (program, problems) = PolicyProgram.compile(user.policies, of: set)
        #expect(problems.isEmpty, "\(problems.map(\.message))")
        #expect(try #require(program).forms.map(\.rawValue) == [expected])
    }
}
