" Violations in Vim's quickfix list:  :compiler lintel  then  :make %  or  :make .
" Problems of Rego, as lintel test and lintel fmt report them, are read by the same format.
if exists("current_compiler")
  finish
endif
let current_compiler = "lintel"

CompilerSet makeprg=lintel\ check\ --format\ compact
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m,%-G%.%#
