package import Diagnostics
package import Documents
package import Inputs

/// Makes what objects make, and what that makes in turn.
package struct Expansion: Sendable {
    /// An object that was made.
    package struct Made: Sendable {
        package var resource: Resource
        /// The names of the templates that took part, the first one first.
        package var templates: [String]
        package var action: ConstraintAction?
    }

    private let templates: [ExpansionTemplate]
    /// Change what is made, as they would what is sent.
    private let mutators: ObjectMutators
    /// Templates that lead to each other in a circle would never end.
    private static let mostSteps = 30

    package init(_ templates: [ExpansionTemplate], mutators: ObjectMutators = ObjectMutators()) {
        self.templates = templates.sorted { $0.name < $1.name }
        self.mutators = mutators
    }

    package var isEmpty: Bool { templates.isEmpty }
    /// The kinds of what is made.
    package var kinds: Set<GroupKind> { Set(templates.map(\.generated.groupKind)) }

    /// What the templates make of an object.
    /// - Parameter namespace: the Namespace of a name, undefined when it is not known.
    package func expand(
        _ resource: Resource, namespace: (String) -> Value = { _ in .undefined }, _ problem: (Diagnostic) -> Void
    ) -> [Made] {
        var result: [Made] = []
        var open = [Made(resource: resource, templates: [], action: nil)]
        for _ in 0..<Self.mostSteps where !open.isEmpty {
            var next: [Made] = []
            for parent in open {
                for template in templates {
                    do throws(ExpansionTemplate.Problem) {
                        guard var made = try template.expand(parent.resource) else { continue }
                        if !mutators.isEmpty { made = mutated(made, namespace, problem) }
                        next.append(
                            Made(
                                resource: made, templates: parent.templates + [template.name],
                                action: template.action ?? parent.action))
                    } catch {
                        problem(error.diagnostic)
                    }
                }
            }
            result += next
            open = next
        }
        return result
    }

    private func mutated(_ made: Resource, _ namespace: (String) -> Value, _ problem: (Diagnostic) -> Void) -> Resource {
        do throws(ObjectMutators.Failure) {
            let change = try mutators.change(made.document, made.type) { object in
                MatchCandidate(
                    object, type: made.type.groupKind, origin: .generated,
                    isNamespacedKind: ClusterScope.isKnownNamespaced(made.type.groupKind), namespaceObject: namespace)
            }
            guard let change else { return made }
            return Resource(
                document: change.document, type: made.type, namespace: made.namespace, name: made.name, path: made.path,
                documentIndex: made.documentIndex, itemPath: made.itemPath)
        } catch {
            problem(
                Diagnostic(
                    code: "mutation_error", message: "\(error.id) cannot change \(made.title): \(error.message)",
                    range: made.document.range(made.document.rootSpan)))
            return made
        }
    }
}
