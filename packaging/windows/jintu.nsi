; The installer for Windows, made by tools/windows. For the user alone, so that nobody has to ask an
; administrator; what belongs to the user (settings, keys, exports) is never touched.
; A program of 64 bits, as what it installs.
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma
; Large enough to see that the second program file is the first.
SetCompressorDictSize 64
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Jintu"
!define CLASSES "Software\Classes"

Name "锦图 Jintu"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Jintu"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "锦图 Jintu ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=2052 "ProductName" "锦图 Jintu"
VIAddVersionKey /LANG=2052 "FileDescription" "锦图安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${ROOT}/assets/icon.ico"
!define MUI_UNICON "${ROOT}/assets/icon.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\jintu.exe"
!insertmacro MUI_PAGE_LICENSE "${STAGE}/LICENSE.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The system's language is taken, Chinese where it is neither.
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString PROGRAM ${LANG_SIMPCHINESE} "程序和开始菜单"
LangString PROGRAM ${LANG_ENGLISH} "Program and start menu"
LangString TYPES ${LANG_SIMPCHINESE} "在地图文件的“打开方式”中列出（Shapefile、KML、奥维、DXF、GeoPackage、CSV 等）"
LangString TYPES ${LANG_ENGLISH} "Offer under Open with for map files (Shapefile, KML, DXF, GeoPackage, CSV and so on)"
LangString DESKTOP ${LANG_SIMPCHINESE} "桌面快捷方式"
LangString DESKTOP ${LANG_ENGLISH} "Shortcut on the desktop"
LangString LAYER ${LANG_SIMPCHINESE} "地图数据"
LangString LAYER ${LANG_ENGLISH} "Map data"
LangString NAME ${LANG_SIMPCHINESE} "锦图"
LangString NAME ${LANG_ENGLISH} "Jintu"
LangString RUNS ${LANG_SIMPCHINESE} "锦图正在运行，请先关闭它的窗口，然后重试。"
LangString RUNS ${LANG_ENGLISH} "Jintu is running. Close its window, then try again."

; No type's own program is changed: Jintu is one more under Open with.
!macro Offer EXTENSION
  WriteRegStr HKCU "${CLASSES}\.${EXTENSION}\OpenWithProgids" "Jintu.Data" ""
  WriteRegStr HKCU "${CLASSES}\Applications\jintu.exe\SupportedTypes" ".${EXTENSION}" ""
!macroend
!macro Withdraw EXTENSION
  DeleteRegValue HKCU "${CLASSES}\.${EXTENSION}\OpenWithProgids" "Jintu.Data"
!macroend
; What tests/it/packages.rs compares with the formats that are read.
!macro Each WHAT
  !insertmacro ${WHAT} "gpkg"
  !insertmacro ${WHAT} "fgb"
  !insertmacro ${WHAT} "shp"
  !insertmacro ${WHAT} "geojson"
  !insertmacro ${WHAT} "geojsonl"
  !insertmacro ${WHAT} "geojsons"
  !insertmacro ${WHAT} "topojson"
  !insertmacro ${WHAT} "esrijson"
  !insertmacro ${WHAT} "kml"
  !insertmacro ${WHAT} "kmz"
  !insertmacro ${WHAT} "ovkml"
  !insertmacro ${WHAT} "ovkmz"
  !insertmacro ${WHAT} "ovjsn"
  !insertmacro ${WHAT} "gpx"
  !insertmacro ${WHAT} "dxf"
  !insertmacro ${WHAT} "csv"
  !insertmacro ${WHAT} "mbtiles"
  !insertmacro ${WHAT} "pmtiles"
!macroend

Section "$(PROGRAM)" section_program
  SectionIn RO
  SetOutPath "$INSTDIR"
  ; A program that runs cannot be replaced.
  retry:
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\jintu.exe"
    Delete "$INSTDIR\jintu.exe"
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNS)" /SD IDCANCEL IDRETRY retry
      Abort
    ${EndIf}
  ${EndIf}
  File /r "${STAGE}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\$(NAME).lnk" "$INSTDIR\jintu.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "锦图 Jintu"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\jintu.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "Jintu"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Shortcut" "$(NAME)"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "$(TYPES)" section_types
  WriteRegStr HKCU "${CLASSES}\Jintu.Data" "" "$(LAYER)"
  WriteRegStr HKCU "${CLASSES}\Jintu.Data\DefaultIcon" "" "$INSTDIR\jintu.exe,0"
  WriteRegStr HKCU "${CLASSES}\Jintu.Data\shell\open\command" "" '"$INSTDIR\jintu.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\jintu.exe" "FriendlyAppName" "$(NAME)"
  WriteRegStr HKCU "${CLASSES}\Applications\jintu.exe\shell\open\command" "" '"$INSTDIR\jintu.exe" "%1"'
  !insertmacro Each Offer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section /o "$(DESKTOP)" section_desktop
  CreateShortcut "$DESKTOP\$(NAME).lnk" "$INSTDIR\jintu.exe"
SectionEnd

Section "Uninstall"
  ReadRegStr $0 HKCU "${KEY}" "Shortcut"
  ; Only what was installed, by name: the folder may hold files of the user.
  !include "${FILES}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${If} $0 != ""
    Delete "$SMPROGRAMS\$0.lnk"
    Delete "$DESKTOP\$0.lnk"
  ${EndIf}
  !insertmacro Each Withdraw
  DeleteRegKey HKCU "${CLASSES}\Jintu.Data"
  DeleteRegKey HKCU "${CLASSES}\Applications\jintu.exe"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
