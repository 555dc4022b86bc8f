/* Whether this Wine keeps a thread awake once a window was redrawn by RDW_INTERNALPAINT, as winit
   does it for each frame. Wine 10 does, in a program of nothing else: WM_PAINT comes once, and from
   then on MsgWaitForMultipleObjectsEx returns at once with no message there. Windows forgets the
   request when WM_PAINT is taken. Exit code 1 if it does; wine-test then does not count the thread
   that waits. */
#include <windows.h>

int main(void) {
  WNDCLASSEXW class = {sizeof class, 0, DefWindowProcW};
  class.hInstance = GetModuleHandleW(0);
  class.lpszClassName = L"jintu-paint";
  RegisterClassExW(&class);
  HWND window = CreateWindowExW(0, class.lpszClassName, 0, WS_POPUP | WS_VISIBLE, 0, 0, 10, 10, 0, 0, class.hInstance, 0);
  MSG message;
  while (PeekMessageW(&message, 0, 0, 0, PM_REMOVE)) DispatchMessageW(&message);
  RedrawWindow(window, 0, 0, RDW_INTERNALPAINT);
  int woken_for_nothing = 0;
  for (DWORD from = GetTickCount(); GetTickCount() - from < 1000;) {
    if (MsgWaitForMultipleObjectsEx(0, 0, 100, QS_ALLINPUT, MWMO_INPUTAVAILABLE) == WAIT_TIMEOUT) continue;
    int messages = 0;
    for (; PeekMessageW(&message, 0, 0, 0, PM_REMOVE); messages++) DispatchMessageW(&message);
    woken_for_nothing += messages == 0;
  }
  return woken_for_nothing > 50;
}
