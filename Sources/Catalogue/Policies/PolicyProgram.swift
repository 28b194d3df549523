package import Diagnostics
import Documents
import Gatekeeper
package import Rego
import RegoRuntime
package import RegoSyntax

/// Policies compiled together: rules they share are evaluated once for each resource.
package struct PolicyProgram: Sendable {

    package let policies: [Policy]
    package let engine: Engine
    /// The compiled rule of each policy.
    package let entrypoints: [Entrypoint]
    /// What each policy takes `input` for.
    package let forms: [InputForm]
    /// The rule of each policy that names exceptions; nil for those without.
    package let exceptions: [Entrypoint?]

    /// The policies that see one object at a time.
    package var objectPolicies: [Policy] { policies.filter { $0.scope == .object } }
    package var objectSlots: [Int] { policies.indices.filter { policies[$0].scope == .object } }
    /// Numbers of the policies that take all objects as one list.
    package var listSlots: [Int] { policies.indices.filter { policies[$0].scope == .object && forms[$0].isList } }
    /// Numbers of the policies that see all objects.
    package var sceneSlots: [Int] { policies.indices.filter { policies[$0].scope == .allObjects } }

    /// Policies of the library alone, which were compiled when this program was built; nil when that cannot be.
    package static func precompiled(_ policies: [Policy], of set: PolicySet) -> PolicyProgram? {
        guard set.user.modules.isEmpty, !policies.contains(where: { $0.constraint != nil }), let engine = set.library.engine
        else { return nil }
        let entrypoints = policies.compactMap { engine.entrypoint($0.entrypoint) }
        guard entrypoints.count == policies.count else { return nil }
        // The library takes objects.
        return PolicyProgram(
            policies: policies, engine: engine, entrypoints: entrypoints, forms: policies.map { _ in .object },
            exceptions: policies.map { _ in nil })
    }

    /// Some policies of a set: those compiled beforehand when they are of the library alone, else compiled now.
    /// - Parameter needsPlaces: whether the places of findings are to be found out where a policy does not say them.
    package static func load(
        _ policies: [Policy], of set: PolicySet, needsPlaces: Bool = true
    ) -> (program: PolicyProgram?, problems: [Diagnostic]) {
        precompiled(policies, of: set).map { ($0, []) } ?? compile(policies, of: set, needsPlaces: needsPlaces)
    }

    /// Compiles some policies of a set with the modules they need; nil when there are errors.
    package static func compile(
        _ policies: [Policy], of set: PolicySet, needsPlaces: Bool = true
    ) -> (program: PolicyProgram?, problems: [Diagnostic]) {
        let builtin = set.library.sources(for: Set(policies.lazy.filter { $0.origin == .builtin }.map(\.entrypoint)))
        let library = builtin.map { Parser.parseModule($0, version: .v1) }
        let modules = library.map(\.0) + set.user.modules.map(\.syntax) + templates(of: policies)
        var options = CompileOptions()
        // The library is known to be in order: only what is asked for is compiled.
        options.checksAllRules = !set.user.modules.isEmpty
        // The library says where.
        let hasOwn = policies.contains { $0.origin == .user }
        options.recordsOrigins = needsPlaces && (hasOwn || !set.user.modules.isEmpty)
        options.recordsInputUse = !set.user.modules.isEmpty
        let (engine, problems) = Engine.compile(
            parsed: modules,
            entrypoints: policies.filter { $0.part == nil }.map(\.entrypoint) + Set(policies.compactMap(\.exception)).sorted(),
            parts: policies.compactMap(\.part), builtins: PolicyBuiltins.table, options: options,
            parseProblems: library.flatMap(\.1) + set.user.parseProblems)
        guard let engine else { return (nil, problems) }
        let program = PolicyProgram(policies, in: engine)
        if program.policies.count < policies.count {
            let missing = policies.filter { engine.entrypoint($0.compiledName) == nil }.map(\.entrypoint)
            let message = "the rule \(missing.joined(separator: ", ")) does not exist"
            return (nil, problems + [Diagnostic(code: "policy_error", message: message)])
        }
        return (program, problems)
    }

    /// The modules of the templates that constraints among some policies use, each template once.
    package static func templates(of policies: [Policy]) -> [Module] {
        var seen: Set<String> = []
        return policies.compactMap(\.constraint?.template).filter { seen.insert($0.kind).inserted }.flatMap(\.modules)
    }

    /// The policies among some that an engine was compiled with, parts of rules as `Policy.part` has them.
    /// - Parameter form: what all policies take `input` for; nil for what each is written for.
    package init(_ policies: [Policy], in engine: Engine, form: InputForm? = nil) {
        var kept: [Policy] = [], entrypoints: [Entrypoint] = []
        for policy in policies {
            guard let entrypoint = engine.entrypoint(policy.compiledName) else { continue }
            kept.append(policy)
            entrypoints.append(entrypoint)
        }
        self.init(
            policies: kept, engine: engine, entrypoints: entrypoints,
            forms: kept.map {
                ($0.constraint != nil ? .gatekeeper : nil) ?? form ?? $0.form
                    ?? ($0.origin == .user ? engine.inputUse(of: $0.compiledName).map(InputForm.init) : nil) ?? .object
            }, exceptions: kept.map { $0.exception.flatMap { (path: String) in engine.entrypoint(path) } })
    }

    private init(
        policies: [Policy], engine: Engine, entrypoints: [Entrypoint], forms: [InputForm], exceptions: [Entrypoint?]
    ) {
        self.exceptions = exceptions
        self.policies = policies
        self.engine = engine
        self.entrypoints = entrypoints
        self.forms = forms
    }
}
