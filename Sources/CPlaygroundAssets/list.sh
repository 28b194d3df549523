#!/bin/sh
# Writes assets.c: the page (Sources/Playground/web), its texts (Sources/Playground/content) and Debian's CodeMirror.
# Run it through `make assets` after adding or removing a file; contents are read by the compiler at each build.
set -eu
cd "$(dirname "$0")"
root=/usr/share/javascript/codemirror
editor="
lib/codemirror.js lib/codemirror.css
mode/yaml/yaml.js mode/javascript/javascript.js
addon/mode/simple.js addon/mode/overlay.js
addon/comment/comment.js
addon/dialog/dialog.js addon/dialog/dialog.css
addon/display/placeholder.js addon/display/rulers.js
addon/edit/matchbrackets.js addon/edit/closebrackets.js
addon/fold/foldcode.js addon/fold/foldgutter.js addon/fold/foldgutter.css addon/fold/brace-fold.js
addon/fold/indent-fold.js addon/fold/comment-fold.js
addon/hint/show-hint.js addon/hint/show-hint.css
addon/lint/lint.js addon/lint/lint.css
addon/scroll/annotatescrollbar.js
addon/search/search.js addon/search/searchcursor.js addon/search/jump-to-line.js addon/search/matchesonscrollbar.js
addon/search/matchesonscrollbar.css addon/search/match-highlighter.js
addon/selection/active-line.js addon/selection/mark-selection.js
"
ours=$(cd .. && find Playground/web Playground/content ../docs/playground.openapi.yaml -type f ! -name '.*' 2>/dev/null | LC_ALL=C sort)
{
  echo '/* Made by list.sh; see there. */'
  echo '#include "playground_assets.h"'
  number=0
  for file in $ours; do
    printf '\nstatic const unsigned char file_%d[] = {\n#embed "../%s"\n};\n' $number "$file"
    number=$((number + 1))
  done
  printf '\n#if __has_embed("%s/lib/codemirror.js")\n' $root
  number=0
  for file in $editor; do
    printf 'static const unsigned char editor_%d[] = {\n#embed "%s/%s"\n};\n' $number $root "$file"
    number=$((number + 1))
  done
  printf '#endif\n\nstatic const struct lintel_asset assets[] = {\n'
  number=0
  for file in $ours; do
    case $file in ../docs/*) name=${file##*/} ;; *) name=${file#Playground/} ;; esac
    printf '    {"%s", file_%d, sizeof file_%d},\n' "$name" $number $number
    number=$((number + 1))
  done
  printf '#if __has_embed("%s/lib/codemirror.js")\n' $root
  number=0
  for file in $editor; do
    printf '    {"codemirror/%s", editor_%d, sizeof editor_%d},\n' "$file" $number $number
    number=$((number + 1))
  done
  printf '#endif\n};\n\n'
  echo 'const struct lintel_asset *lintel_playground_assets(void) { return assets; }'
  echo
  echo 'size_t lintel_playground_asset_count(void) { return sizeof assets / sizeof assets[0]; }'
} > assets.c
