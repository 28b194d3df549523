import Catalogue
import Diagnostics
import Documents
package import Inputs
import Rego
import RegoRuntime

extension Judge {
    /// Judges all objects of a run at once by rules that take a list of files (`InputForm.combined`), each once.
    package mutating func judgeTogether(_ all: [Resource], by slots: [Int], into results: inout CheckResults) {
        if all.isEmpty { return }
        var made: [InputForm: Document] = [:]
        for slot in slots {
            guard case .rule(let entrypoint, let form) = set.turns[slot] else { continue }
            // What a rule looks at may be some kinds only.
            let resources = form == .objects ? all.filter { set.checks[slot].applies(to: $0.type.groupKind) } : all
            if resources.isEmpty { continue }
            let joined = set.checks[slot].policy.joinsSubjects ? JoinedSubjects(resources) : nil
            if joined?.isEmpty == true { continue }
            let isWhole = joined == nil && resources.count == all.count
            let list = joined?.list ?? (isWhole ? made[form] : nil) ?? Self.list(of: resources, form)
            if isWhole { made[form] = list }
            defer { withExtendedLifetime(list) {} }
            // Each rule has a budget of its own.
            evaluator.budget = Budget(instructions: budget.instructions, memory: budget.memory, time: budget.time)
            evaluator.begin(input: list.root)
            note(slot, &results)
            let about = Diagnostic.Note("for the list of all objects")
            switch evaluator.evaluate(entrypoint) {
            case .undefined: break
            case .fault(let fault): add(fault, slot, about, &results)
            case .value(let value):
                if value.isCollection, value.count == 0 { break }
                if isExcepted(slot) {
                    results.exceptions.append(slot)
                    break
                }
                do throws(ResultReader.Malformed) {
                    let reader = ResultReader(document: list, ways: [])
                    let found = try reader.results(of: value, rule: set.names[slot])
                    tell(severitiesOf: found, slot, about, &results)
                    let needsOrigins = found.contains { if case .origin = $0.place { true } else { false } }
                    let origins = needsOrigins ? origins(entrypoint, reader) : [:]
                    var counts: [ObjectIdentifier: Int] = [:]
                    for result in found {
                        let violation = violation(result, slot, form, origins, resources, joined)
                        let count = counts[ObjectIdentifier(violation.resource), default: 0]
                        counts[ObjectIdentifier(violation.resource)] = count + 1
                        if count < violationLimit {
                            results.violations.append(violation)
                        } else {
                            results.omit(slot, result.severity)
                        }
                    }
                } catch {
                    add(error, slot, about, &results)
                }
            }
        }
        evaluator.begin(input: .undefined)
    }

    private static func list(of resources: [Resource], _ form: InputForm) -> Document {
        let arena = Arena.make(capacity: 64 * resources.count)
        let files = resources.map { resource in
            if form == .objects { return resource.value }
            return arena.object(["path": arena.string(resource.path), "contents": resource.value])
        }
        return Document(arena: arena, root: arena.array(files), rootSpan: .nowhere, parts: resources.map(\.document))
    }

    /// The violation at its object, when the way to it leads through one; else at the first.
    private func violation(
        _ result: PolicyResult, _ slot: Int, _ form: InputForm, _ origins: [Value: [DocumentPath]], _ resources: [Resource],
        _ joined: JoinedSubjects?
    ) -> Violation {
        var result = result
        var path: DocumentPath?
        switch result.place {
        case .path(let stated): path = stated
        case .origin(let element): path = origins[element]?.first
        case .line: break
        }
        var number = 0
        if let joined {
            let target = joined.target(of: path?.steps ?? [])
            number = target.resource
            result.place = .path(DocumentPath(target.path))
        } else if let steps = path?.steps {
            if case .index(let index)? = steps.first, resources.indices.contains(index) { number = index }
            result.place = .path(DocumentPath(Array(steps.dropFirst(form == .objects ? 1 : 2))))
        }
        let resource = resources[number]
        let (place, location) = place(of: result, origins: [:], in: resource)
        var violation = Violation(
            slot: slot, message: result.message, resource: resource.reference, path: place, location: location,
            screen: SecretScreen(resource), origin: resource.document.origin, details: result.details,
            stablePath: StablePath.text(of: place, in: resource.document))
        violation.changes = result.changes
        return settled(violation, resource)
    }
}
