import Documents
package import Rego

/// Dependencies as `opa deps` writes them.
package enum DependencyText {
    package static func pretty(_ dependencies: QueryDependencies) -> String {
        func section(_ title: String, _ paths: [String]) -> String {
            "\(title):\n" + (paths.isEmpty ? "  none\n" : paths.map { "  \($0)\n" }.joined())
        }
        return section("base documents", dependencies.base) + section("virtual documents", dependencies.virtual)
    }

    package static func json(_ dependencies: QueryDependencies) -> String {
        let owner = Document { arena in
            arena.object([
                "base": arena.array(dependencies.base.map { arena.string($0) }),
                "virtual": arena.array(dependencies.virtual.map { arena.string($0) }),
            ])
        }
        return JSONWriter.string(owner.root, style: .pretty) + "\n"
    }
}
