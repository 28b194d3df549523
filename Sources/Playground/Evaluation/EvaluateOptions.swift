import Catalogue
import Documents

/// The `options` of an evaluation.
struct EvaluateOptions {
    var resource = 0
    var wantsValues = true
    var wantsCoverage = false
    var wantsTrace = false
    var wantsProfile = false
    var isStrict = false
    var strictBuiltinErrors = false
    /// What policies are given; nil for what each of them is written for.
    var form: InputForm?
    var admission = RequestSettings()
    var build = BuildChoice()

    var isInstrumented: Bool { wantsCoverage || wantsTrace || wantsProfile }

    init() {}

    init(_ value: Value) throws(PlaygroundError) {
        if value.isUndefined || value.kind == .null { return }
        guard value.kind == .object else { throw .badRequest("`options` must be an object.") }
        let reader = MemberReader(value, place: "options")
        resource = max(0, try reader.int("resource") ?? 0)
        wantsValues = try reader.bool("values") ?? true
        wantsCoverage = try reader.bool("coverage") ?? false
        wantsTrace = try reader.bool("trace") ?? false
        wantsProfile = try reader.bool("profile") ?? false
        isStrict = try reader.bool("strict") ?? false
        strictBuiltinErrors = try reader.bool("strictBuiltinErrors") ?? false
        let name = try reader.string("input") ?? "auto"
        form = InputForm(pageName: name)
        if form == nil, name != "auto" {
            throw .badRequest("`options.input` must be one of auto, \(InputForm.pageNames.joined(separator: ", ")).")
        }
        build = try BuildChoice(value.field("build"))
        let admission = value.field("admission")
        if admission.isUndefined || admission.kind == .null { return }
        guard admission.kind == .object else { throw .badRequest("`options.admission` must be an object.") }
        try readAdmission(MemberReader(admission, place: "options.admission"), admission)
    }

    private mutating func readAdmission(_ reader: MemberReader, _ value: Value) throws(PlaygroundError) {
        admission.operation = try reader.string("operation") ?? admission.operation
        guard RequestSettings.operations.contains(admission.operation) else {
            throw .badRequest(
                "`options.admission.operation` must be one of \(RequestSettings.operations.joined(separator: ", ")).")
        }
        admission.user = try reader.string("user") ?? admission.user
        if let namespace = try reader.string("namespace"), !namespace.isEmpty {
            admission.namespace = namespace
            admission.isPlain = false
        }
        admission.isDryRun = try reader.bool("dryRun") ?? false
        if admission.operation != "CREATE" || admission.isDryRun { admission.isPlain = false }
        let groups = value.field("groups")
        if groups.kind == .array { admission.groups = groups.elements.compactMap(\.stringValue) }
    }
}
